namespace Tracebloc.ModelUpload.Options;

internal static partial class OptionTable
{
    private static IReadOnlyList<OptionEntry> Registration =>
    [
        new("model-upload-intent", "INTENT", "The change that the Model Registry records.")
        {
            Default = "update_artifact",
            Choices = ["create_model", "create_version", "update_artifact"],
        },
        new("model-id", "ID", "The RegisteredModel.id; required for create_version."),
        new("model-version-id", "ID", "The ModelVersion.id, for the result."),
        new(
            "model-artifact-id",
            "ID",
            "The ModelArtifact.id; required for update_artifact, there or as ModelArtifact.id in the metadata."),
        new(
            "metadata-configmap-path",
            "PATH",
            $"A mounted ConfigMap with the metadata; by default {DefaultMetadataPath} where that is there."),
        new("on-failure", "STATE", "The artifact's state after a run that failed: from before, or ABANDONED.")
        {
            Default = "restore",
            Choices = ["restore", "abandon"],
        },
        new("registry-server-address", "URL", "The Model Registry; required."),
        new("registry-port", "PORT", "Its port, unless the address has one; for http without one it is 80.")
        {
            Default = "443",
        },
        new("registry-is-secure", "BOOLEAN", "True requires a token; false accepts any certificate.")
        {
            Default = "true",
            Choices = Booleans,
        },
        new("registry-author", "NAME", "The author of versions that name none."),
        new("registry-user-token", "TOKEN", "The token.") { IsSecret = true },
        new("registry-user-token-envvar", "NAME", "The variable with the path of a file that has the token."),
        new("registry-custom-ca", "PATH", "A PEM file of authorities to trust beside the system's."),
        new("registry-custom-ca-envvar", "NAME", "The variable with the path of such a file."),
        new("registry-log-level", "LEVEL", "The least level of log lines about the Model Registry, by name or number.")
        {
            Default = "warning",
        },
    ];

    private static IReadOnlyList<OptionEntry> Signing =>
    [
        new(
            "sign",
            "BOOLEAN",
            "Signs the model and the image; by default where the three SIGSTORE_* variables or a key are given.")
        {
            Choices = Booleans,
        },
        new(
            "signing-identity-token-path",
            "PATH",
            "The identity token for keyless signing; by default the service account's."),
        new("signing-key", "PATH", "A private key in PEM, of cosign or PKCS#8; without one, signing is keyless."),
        new("signing-key-password-envvar", "NAME", "The variable with the key's password.")
        {
            Default = "COSIGN_PASSWORD",
        },
        new("rekor-version", "VERSION", "The interface of the transparency log.")
        {
            Default = "1",
            Choices = ["1", "2"],
        },
        new("tuf-root", "PATH", "A root.json to begin with; without one, the TUF mirror's own."),
        new("trusted-root", "PATH", "A trusted_root.json to use instead of TUF."),
    ];

    private static IReadOnlyList<OptionEntry> Moving =>
    [
        new("storage-path", "PATH", "The folder for archives that must be unpacked; nothing else lies there.")
        {
            Default = "/tmp/model-sync",
        },
        new(
            "memory-budget",
            "SIZE",
            "The bytes of all buffers, such as 64Mi; by default a quarter of the container's limit, at most 128Mi."),
        new("bandwidth-limit", "SIZE", "The most bytes per second, such as 50Mi; by default there is no limit."),
    ];
}
