namespace Tracebloc.ModelUpload.Registering;

/// <summary>A request below the root of the API.</summary>
internal sealed record RegistryCall(HttpMethod Method, string Path)
{
    /// <summary>JSON; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public static RegistryCall Get(string path) => new(HttpMethod.Get, path);
}
