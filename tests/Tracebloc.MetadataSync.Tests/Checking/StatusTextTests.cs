using Tracebloc.CommandLine;
using Tracebloc.MetadataSync.Checking;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Tests.Checking;

public sealed class StatusTextTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly KindStatus Equal = new(SomeObject.Gadget) { Objects = 12_345, Live = 12_345, Deleted = 7 };

    private static readonly KindStatus Differing = new(new Kind("Model", "models", "michelangelo.api", "v2"))
    {
        Objects = 3,
        Live = 2,
        Evicted = 1,
        Errors = 1,
        WithoutRow = 1,
        Older = 2,
        Oldest = new UnsyncedChange(Since, UnsyncedChange.Errors),
    };

    private static readonly KindStatus Absent = new(new Kind("Job", "jobs", "test.example", "v1"))
    {
        IsInstalled = false,
        Live = 4,
    };

    private static readonly KindStatus Broken = new(new Kind("Run", "runs", "test.example", "v1"))
    {
        Objects = 1,
        Problem = "table run is missing; run metadata-sync migrate",
    };

    [Fact]
    public void People_get_a_table() => Assert.Equal(
        """
        KIND    OBJECTS    LIVE  EVICTED  DELETED  ERRORS  DIFFERENCES             OLDEST UNSYNCED CHANGE
        Gadget   12,345  12,345        0        7       0  none                    -
        Model         3       2        1        0       1  1 without row, 2 older  2026-11-30T12:00:00Z by sync_errors
        Job           -       4        0        0       0  not installed           -
        Run           1       -        -        -       -  not comparable          -

        Run: table run is missing; run metadata-sync migrate

        The database differs from the cluster in 2 of 4 kinds.

        """,
        StatusText.Of([Equal, Differing, Absent, Broken]));

    [Fact]
    public void Without_a_difference_the_table_ends_with_it() => Assert.EndsWith(
        "\n\nThe database equals the cluster.\n", StatusText.Of([Equal, Absent]), StringComparison.Ordinal);

    [Fact]
    public void Programs_get_JSON() => Assert.Equal(
        """
        {
          "differs": true,
          "kinds": [
            {
              "kind": "Model",
              "resource": "models.michelangelo.api",
              "installed": true,
              "objects": 3,
              "rows": {
                "live": 2,
                "evicted": 1,
                "deleted": 0
              },
              "differences": {
                "withoutRow": 1,
                "withoutObject": 0,
                "older": 2,
                "newer": 0
              },
              "errors": 1,
              "oldestUnsynced": {
                "since": "2026-11-30T12:00:00Z",
                "source": "sync_errors"
              },
              "problem": null,
              "differs": true
            }
          ]
        }

        """,
        JsonText.Write(StatusJson.Of([Differing]), CheckingJson.Default.StatusJson));

    [Fact]
    public void The_oldest_change_is_the_earliest_that_is_known()
    {
        var status = Equal with { Oldest = new UnsyncedChange(Since, UnsyncedChange.Errors) };

        var (later, earlier) = (new UnsyncedChange(Since.AddDays(1), "managedFields"), new UnsyncedChange(
            Since.AddDays(-1), "managedFields"));

        Assert.Equal(status.Oldest, status.With(Difference.Older, later).Oldest);
        Assert.Equal(earlier, status.With(Difference.Older, earlier).Oldest);
        Assert.Equal(status, status.With(Difference.None, earlier));
    }
}
