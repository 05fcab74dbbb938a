using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.ModelRegistry;

/// <summary>A fault of one call.</summary>
/// <param name="Reply">Sent in place of the answer.</param>
/// <param name="IsAfterEffect">True where the call is carried out nevertheless.</param>
public sealed record CallFault(FakeReply Reply, bool IsAfterEffect)
{
    /// <summary>Runs before the reply is sent; a test ends the client here.</summary>
    public Action OnHit { get; init; } = () => { };
}
