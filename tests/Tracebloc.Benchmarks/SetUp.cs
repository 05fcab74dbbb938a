namespace Tracebloc.Benchmarks;

/// <summary>The beginning of what a benchmark needs around it.</summary>
internal static class SetUp
{
    /// <summary>Sets it up, and disposes it where that fails, since part of it may be there.</summary>
    public static async Task<T> OfAsync<T>(T stage, Func<T, Task> setUp)
        where T : IAsyncDisposable
    {
        try
        {
            await setUp(stage);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }
}
