namespace Tracebloc.Ingestion.Reporting;

/// <summary>A request to the central backend; <see cref="CentralReport"/> alone makes one.</summary>
public sealed class CentralRequest
{
    internal CentralRequest(CentralCall call, string path, ReadOnlyMemory<byte> body) =>
        (Call, Path, Body) = (call, path, body);

    /// <summary>The call.</summary>
    public CentralCall Call { get; }

    /// <summary>The path from the root, with the query.</summary>
    public string Path { get; }

    /// <summary>The body as JSON; empty for a GET.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary><c>POST /global_meta/houses/</c>.</summary>
    public override string ToString() => $"{Call.Method} {Path}";
}
