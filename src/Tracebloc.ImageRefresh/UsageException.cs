using Tracebloc.Hosting;

namespace Tracebloc.ImageRefresh;

/// <summary>The configuration cannot be used: one line for each thing that is wrong with it, and nothing was done.</summary>
internal sealed class UsageException(IReadOnlyList<string> lines, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, lines), inner)
{
    public static T Require<T>(ConfigurationResult<T> result)
        where T : class =>
        result.Value ?? throw new UsageException([.. result.Errors.Select(error => error.ToString())]);
}
