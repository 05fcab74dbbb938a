namespace Tracebloc.ModelUpload.Options;

/// <summary>
/// The options of model-upload: parsing, variables, help, the page of options and their tests all follow this table.
/// </summary>
internal static partial class OptionTable
{
    public const string DefaultBaseImage = "public.ecr.aws/docker/library/busybox:latest";

    public const string DefaultMetadataPath = "/etc/model-metadata";

    private static readonly IReadOnlyList<string> Booleans = ["true", "false"];

    /// <summary>All options, in the order of the help.</summary>
    public static IReadOnlyList<OptionEntry> All { get; } =
    [
        .. Of(OptionSection.Source, Source),
        .. Of(OptionSection.Destination, Destination),
        .. Of(OptionSection.Registration, Registration),
        .. Of(OptionSection.Signing, Signing),
        .. Of(OptionSection.Moving, Moving),
    ];

    private static readonly Dictionary<string, OptionEntry> ByName = All.ToDictionary(entry => entry.Name);

    /// <exception cref="KeyNotFoundException">No option has the name.</exception>
    public static OptionEntry Get(string name) => ByName[name];

    private static IEnumerable<OptionEntry> Of(OptionSection section, IEnumerable<OptionEntry> entries) =>
        entries.Select(entry => entry with { Section = section });

    private static IReadOnlyList<OptionEntry> Source =>
    [
        new("source-type", "TYPE", "The kind of place that the model is at.")
        {
            Default = "s3",
            Choices = ["s3", "oci", "uri", "pvc"],
        },
        new(
            "source-uri",
            "URI",
            "For uri: http, https, hf://owner/model[:revision], s3://bucket/key, oci://image, pvc://claim/path or "
            + "file:///path.")
        {
            Folder = "source-uri-credentials-path",
            Keys = ["URI"],
        },
        .. S3("source", "An object or a prefix, with or without a slash at its end."),
        .. Oci("source", "The image to pull, for oci."),
        new("source-pvc-path", "PATH", "For pvc: an absolute path to a mounted file or folder."),
        new("source-s3-credentials-path", "PATH", "A mounted Secret with the keys of S3, one file each."),
        new("source-oci-credentials-path", "PATH", "A docker config file for pulling."),
        new("source-uri-credentials-path", "PATH", "A mounted Secret with the key URI."),
        CustomCa("source"),
    ];

    private static IReadOnlyList<OptionEntry> Destination =>
    [
        new("destination-type", "TYPE", "The kind of place to publish at.")
        {
            Default = "oci",
            Choices = ["s3", "oci", "pvc"],
        },
        .. S3("destination", "The prefix to write to."),
        .. Oci("destination", "The image to push, with its tag, for oci."),
        new("destination-oci-format", "FORMAT", "A runnable image, the CNCF's ModelPack, or a plain artifact.")
        {
            Default = "modelcar",
            Choices = ["modelcar", "modelpack", "artifact"],
        },
        new("destination-oci-base-image", "IMAGE", "The image that a modelcar's layers are put on.")
        {
            Default = DefaultBaseImage,
        },
        new("destination-pvc-path", "PATH", "For pvc: an absolute path to a mounted folder."),
        new("destination-s3-credentials-path", "PATH", "A mounted Secret with the keys of S3, one file each."),
        new("destination-oci-credentials-path", "PATH", "A docker config file for pushing and for the base image."),
        CustomCa("destination"),
    ];

    private static IEnumerable<OptionEntry> S3(string side, string key) =>
    [
        InFolder($"{side}-aws-bucket", "NAME", "The bucket, for s3.", "AWS_BUCKET", "AWS_S3_BUCKET"),
        new($"{side}-aws-key", "KEY", key),
        InFolder($"{side}-aws-region", "REGION", "The region.", "AWS_REGION", "AWS_DEFAULT_REGION"),
        InFolder($"{side}-aws-access-key-id", "ID", "The access key.", "AWS_ACCESS_KEY_ID"),
        InFolder($"{side}-aws-secret-access-key", "SECRET", "The secret key.", "AWS_SECRET_ACCESS_KEY") with
        {
            IsSecret = true,
        },
        InFolder($"{side}-aws-session-token", "TOKEN", "The token of a session.", "AWS_SESSION_TOKEN") with
        {
            IsSecret = true,
        },
        InFolder(
            $"{side}-aws-endpoint", "URL", "The service's address; without it, AWS.",
            "AWS_ENDPOINT_URL", "AWS_S3_ENDPOINT"),
    ];

    private static OptionEntry InFolder(string name, string value, string meaning, params IReadOnlyList<string> keys) =>
        new(name, value, meaning) { Folder = $"{name.Split('-')[0]}-s3-credentials-path", Keys = keys };

    private static IEnumerable<OptionEntry> Oci(string side, string uri) =>
    [
        new($"{side}-oci-uri", "IMAGE", uri),
        new($"{side}-oci-registry", "HOST", "The registry that the password is for; by default the image's."),
        new($"{side}-oci-username", "NAME", "The user name; with the password or not at all."),
        new($"{side}-oci-password", "PASSWORD", "The password.") { IsSecret = true },
        new($"{side}-oci-enable-tls-verify", "BOOLEAN", "False accepts any certificate of the registry.")
        {
            Default = "true",
            Choices = Booleans,
        },
    ];

    private static OptionEntry CustomCa(string side) =>
        new($"{side}-custom-ca", "PATH", "A PEM file of authorities to trust beside the system's.");
}
