namespace Tracebloc.Testing.Kubernetes;

/// <summary>An answer with success.</summary>
internal sealed record FakeReply(string Body, int Status = 200)
{
    /// <summary>The text of the header of the same name.</summary>
    internal string? Warning { get; init; }
}
