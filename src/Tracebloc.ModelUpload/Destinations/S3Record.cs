using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The runs' memory of a prefix, kept in it as <c>.model-upload/record.json</c>.</summary>
internal sealed record S3Record
{
    public const string Path = ".model-upload/record.json";

    public static S3Record Empty { get; } = new();

    /// <summary>The files of the model that this program wrote, in the order of their paths.</summary>
    public IReadOnlyList<S3RecordedFile> Files { get; init; } = [];

    /// <summary>The uploads that are begun and not completed.</summary>
    public IReadOnlyList<S3RecordedUpload> Uploads { get; init; } = [];

    /// <summary>Null for what is no record.</summary>
    public static S3Record? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, S3RecordJson.Default.S3Record);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, S3RecordJson.Default.S3Record);
}

/// <summary>A file that is at the destination.</summary>
/// <param name="Path">Its place within the model.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="ETag">The object's entity tag: another one is another writer's.</param>
/// <param name="Origin">By <see cref="S3Origin"/>.</param>
/// <param name="Sha256">Lower-case hexadecimal digits; null where it is not known.</param>
internal sealed record S3RecordedFile(string Path, long Length, string ETag, string Origin, string? Sha256);

/// <summary>An upload that another try may continue.</summary>
/// <param name="Path">The file's place within the model.</param>
/// <param name="Id">The upload's id at the service.</param>
/// <param name="PartLength">The bytes of its parts.</param>
/// <param name="Origin">By <see cref="S3Origin"/>.</param>
internal sealed record S3RecordedUpload(string Path, string Id, long PartLength, string Origin);

/// <summary>Reads and writes the record without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(S3Record))]
internal sealed partial class S3RecordJson : JsonSerializerContext;
