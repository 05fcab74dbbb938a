using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Credentials;

/// <summary>A docker configuration, by file or by the variable <c>.dockerconfigjson</c>.</summary>
/// <param name="Store">Null where it is not usable.</param>
/// <param name="Fault">A whole sentence about what is not usable.</param>
/// <param name="Warning">A whole sentence about what will not be accepted for ever.</param>
internal sealed record DockerConfig(CredentialStore? Store, string? Fault, string? Warning)
{
    public static DockerConfig OfFile(string path, IInputFiles files)
    {
        var file = files.Read(path, SecretText.MaxBytes);
        return file switch
        {
            { Fault: { } reason } => new(null, $"credentials file {path} {reason}", null),
            { Content: { } content } => Of(content, path),
            _ => new(null, $"credentials file not found: {path}; check the path and that the Secret is mounted", null),
        };
    }

    /// <param name="json">The content.</param>
    /// <param name="place">The file or the variable, for messages.</param>
    public static DockerConfig Of(ReadOnlyMemory<byte> json, string place)
    {
        var store = CredentialStore.Read(PlainAuth.Encode(json, out var isPlain), out var fault);
        return store is null
            ? new(null, $"{place} is an invalid docker config file: {fault}", null)
            : new(store, null, isPlain
                ? $"{place} has an auth that is plain user:password; write its base64 form"
                : null);
    }
}
