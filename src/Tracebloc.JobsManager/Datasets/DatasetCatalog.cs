using Tracebloc.Ingestion.Specifications;
using Tracebloc.JobsManager.Submissions;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Datasets;

/// <summary>The data sets of the installation.</summary>
/// <remarks>Failures are <see cref="Database.DatabaseException"/> and <see cref="UnreadableException"/>.</remarks>
internal sealed class DatasetCatalog(RunTable table, DatasetStore store, Deadlines deadlines, TimeProvider time)
{
    private const int MostRuns = 10_000;

    /// <summary>Those whose tables a caller may see, by name.</summary>
    public async Task<IReadOnlyList<Dataset>> ListAsync(Func<string, bool> isAllowed, CancellationToken token)
    {
        var stored = (await store.ListAsync(null, token)).ToDictionary(each => each.Table);
        var runs = (await table.ListAsync(null, MostRuns, token)).ToLookup(run => run.Request.Table);
        var deletions = (await table.Deletions.ListAsync(token)).ToLookup(each => each.Table);
        return
        [
            .. stored.Keys.Union(deletions.Select(each => each.Key))
                .Where(isAllowed)
                .Order(StringComparer.Ordinal)
                .Select(name => Dataset.Of(
                    name, stored.GetValueOrDefault(name), [.. runs[name]], deletions[name].LastOrDefault()))
                .OfType<Dataset>(),
        ];
    }

    /// <summary>One of them; null where there is none of that table.</summary>
    public async Task<Dataset?> FindAsync(string name, CancellationToken token)
    {
        if (TableName.Fault(name) is not null) return null;
        var stored = await store.ListAsync(name, token);
        return Dataset.Of(
            name,
            stored is [var found, ..] ? found : null,
            await table.ListAsync(name, MostRuns, token),
            await table.Deletions.LastAsync(name, token));
    }

    public Task<IReadOnlyList<DatasetColumn>> ColumnsAsync(Dataset dataset, CancellationToken token) =>
        store.ColumnsAsync(dataset.Table, token);

    /// <summary>
    /// The labels of a data set whose labels are classes; null for any other, and where counting takes long.
    /// </summary>
    public async Task<LabelCounts?> LabelsAsync(Dataset dataset, CancellationToken token)
    {
        if (dataset.State != DatasetState.Ready || !HasClasses(dataset.Category)) return null;
        return await InTimeAsync<LabelCounts?>(
            async inTime => await store.LabelsAsync(dataset.Table, inTime), null, token);
    }

    /// <summary>The parts that go with a data set; the rows are those of its runs, where counting takes long.</summary>
    public async Task<DatasetLoss> LossAsync(Dataset dataset, CancellationToken token) => new(
        dataset.Table,
        await InTimeAsync(inTime => store.CountAsync(dataset.Table, inTime), dataset.Rows, token),
        dataset.Bytes, dataset.Files, dataset.Runs.Count);

    // Of a table of a hundred million rows a count takes longer than a caller waits.
    private async Task<T> InTimeAsync<T>(
        Func<CancellationToken, Task<T>> count, T late, CancellationToken token)
    {
        using var deadline = new Deadline(deadlines.Count, time, token);
        try
        {
            return await count(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return late;
        }
    }

    // Targets are values of their owner, and texts are data.
    private static bool HasClasses(string? category) =>
        category is not null && Categories.Find(category) is { Label: LabelRule.Required, LabelIsText: false };
}
