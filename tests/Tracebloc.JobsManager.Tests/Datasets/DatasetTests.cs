using FsCheck;
using FsCheck.Fluent;
using Tracebloc.JobsManager.Datasets;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Tests.Datasets;

/// <summary>A data set put together from its database, the run table and the deletions.</summary>
public sealed class DatasetTests
{
    private static readonly JournalRun Registered = Journal("run-1", "registered", rows: 100);
    private static readonly IngestionRun Succeeded = RunChanges.Succeeded(Some.Run("run-1"), "{}", Some.Time);

    [Fact]
    public void A_registered_data_set_is_ready()
    {
        var dataset = Of(Stored(Registered), Succeeded);

        Assert.Equal(
            (DatasetState.Ready, 100, 7, 16_384, "image_classification", "train", Some.Time),
            (dataset?.State, dataset?.Rows, dataset?.Files, dataset?.Bytes, dataset?.Category, dataset?.Intent,
                dataset?.CreatedAt));
        Assert.Equal("run-1 succeeded 100", Shown(dataset));
    }

    [Fact]
    public void A_data_set_that_no_run_has_registered_is_loading() => Assert.Equal(
        (DatasetState.Loading, 0L, "tabular_regression"),
        Of(Stored(Journal("run-1", "loading")), Some.Run("run-1")) is { } dataset
            ? (dataset.State, dataset.Rows, dataset.Category) : default);

    [Fact]
    public void A_run_under_way_loads_a_data_set_that_was_ready() => Assert.Equal(
        DatasetState.Loading, Of(Stored(Registered), Some.Run("run-2"), Succeeded)?.State);

    [Fact]
    public void The_rows_of_a_run_that_failed_are_none_of_its()
    {
        var dataset = Of(Stored(Registered, Journal("run-2", "failed", rows: 50)), Succeeded);

        Assert.Equal(100, dataset?.Rows);
        Assert.Equal("run-2 failed 50, run-1 succeeded 100", Shown(dataset));
    }

    [Fact]
    public void The_rows_of_a_data_set_that_was_replaced_are_no_longer_there()
    {
        var dataset = Of(Stored(Journal("run-0", "replaced", rows: 50), Registered), Succeeded);

        Assert.Equal((DatasetState.Ready, 100L), (dataset?.State, dataset?.Rows));
        Assert.Equal("run-1 succeeded 100, run-0 succeeded 50", Shown(dataset));
    }

    [Fact]
    public void Runs_before_its_deletion_belong_to_an_earlier_data_set() => Assert.Equal(
        "run-1 succeeded 100",
        Shown(Of(Stored(Registered), Succeeded, Some.Run("run-0") with { DeletedAt = Some.Time })));

    [Theory]
    [InlineData(true, true, null, true)]
    [InlineData(true, false, null, false)]
    [InlineData(true, false, "Failed", true)]
    [InlineData(true, false, "Wanted", true)]
    [InlineData(false, false, "Wanted", true)]
    [InlineData(false, false, "Failed", false)]
    [InlineData(false, false, "Done", false)]
    [InlineData(false, false, null, false)]
    public void It_is_there_with_its_table_or_until_its_deletion_is_done(
        bool hasJournal, bool hasTable, string? deletion, bool isThere)
    {
        var stored = hasJournal ? new StoredDataset("houses", hasTable ? 1 : null, [Registered]) : null;

        var found = Dataset.Of("houses", stored, [], deletion is null ? null : Deletion(deletion));

        Assert.Equal(isThere, found is not null);
        Assert.Equal(deletion == "Wanted", found?.State == DatasetState.Deleting);
    }

    [Fact]
    public void The_error_of_a_deletion_is_shown_until_the_table_is_loaded_again()
    {
        var failed = Deletion("Failed") with { Error = "no space" };
        var later = Succeeded with { AcceptedAt = failed.RequestedAt.AddSeconds(1) };

        Assert.Equal("no space", Dataset.Of("houses", Stored(Registered), [Succeeded], failed)?.Error);
        Assert.Null(Dataset.Of("houses", Stored(Registered), [later], failed)?.Error);
    }

    [Fact]
    public void Each_run_is_there_once_and_the_newest_first() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (ofTable, ofJournal) =>
        {
            var (known, journal) = (ofTable.Distinct().ToList(), ofJournal.Distinct().ToList());
            var runs = DatasetRun.Of(
                [.. known.Select(each => Some.Run($"run-{each}") with { AcceptedAt = Some.Time.AddSeconds(each) })],
                [
                    .. journal.Select(each => Journal($"run-{each}", "failed") with
                    {
                        StartedAt = Some.Time.AddSeconds(each),
                    }),
                ]);

            // The run table's word counts.
            Assert.Equal(
                known.Union(journal).OrderDescending()
                    .Select(each => ($"run-{each}", known.Contains(each) ? "accepted" : "failed")),
                runs.Select(run => (run.Key, run.State)));
        }));

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1000, 1000, false)]
    [InlineData(1001, 1000, true)]
    public void A_thousand_labels_are_counted(int read, int kept, bool hasMore)
    {
        var labels = LabelCounts.Of([.. Enumerable.Range(0, read).Select(each => new LabelCount($"{each}", 1))]);

        Assert.Equal((kept, hasMore), (labels.Counts.Count, labels.HasMore));
    }

    private static Dataset? Of(StoredDataset stored, params IReadOnlyList<IngestionRun> known) =>
        Dataset.Of("houses", stored, known, null);

    private static StoredDataset Stored(params IReadOnlyList<JournalRun> runs) => new("houses", 16_384, runs);

    private static JournalRun Journal(string key, string phase, long? rows = null) => new()
    {
        Key = key,
        Intent = "train",
        Phase = phase,
        Rows = rows,
        StartedAt = Some.Time.AddSeconds(key[^1] - '1'),
        ChangedAt = Some.Time.AddMinutes(1),
        Category = phase == "registered" ? "image_classification" : null,
        Files = phase == "registered" ? 7 : 0,
    };

    private static DatasetDeletion Deletion(string state) => new()
    {
        Id = "0123456789ab",
        Table = "houses",
        Caller = "tracebloc/ingestor",
        Namespace = "tracebloc",
        Image = "ingestor",
        RequestedAt = Some.Time.AddHours(1),
        State = Enum.Parse<DeletionState>(state),
    };

    private static string Shown(Dataset? dataset) => string.Join(
        ", ", (dataset?.Runs ?? []).Select(run => $"{run.Key} {run.State} {run.Rows}"));
}
