namespace Tracebloc.ModelUpload.Registering;

/// <summary>Steps that are all tried, each whatever became of those before it.</summary>
internal static class Undoing
{
    /// <exception cref="UploadException">Some failed or were not reached in time; the message names them.</exception>
    public static async Task RunAsync(
        ModelRegistryClient client,
        IReadOnlyList<(string Entry, Func<CancellationToken, Task> Step)> steps,
        CancellationToken deadline)
    {
        var left = new List<string>();
        foreach (var (entry, step) in steps)
        {
            try
            {
                await step(deadline);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                left.Add($"{entry}: the time is up");
            }
            catch (UploadException e)
            {
                left.Add($"{entry}: {e.Message}");
            }
        }
        if (left.Count > 0)
            throw RegistryFault.Of(
                $"Model Registry {client.Server}: changes of this run are left; correct their state by hand: "
                + string.Join("; ", left));
    }
}
