namespace Tracebloc.Cli.Terminal;

/// <summary>Reports on the thread that does the work, in order.</summary>
internal sealed class Reported<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
