using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The files that a run published in a folder, or is about to.</summary>
internal sealed record VolumeRecord
{
    private const int MostBytes = 256 * 1024 * 1024;

    public required IReadOnlyList<RecordedFile> Files { get; init; }

    /// <summary>True where <c>model.sig</c> is this program's.</summary>
    public bool IsSigned { get; init; }

    /// <returns>Null where there is none.</returns>
    /// <exception cref="UploadException">It cannot be read.</exception>
    public static async Task<VolumeRecord?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var text = await RegularFile.ReadTextAsync(path, MostBytes, cancellationToken);
        if (text is { Length: 0 })
            return null;
        try
        {
            return JsonSerializer.Deserialize(text ?? "", VolumeRecordJson.Default.VolumeRecord) ?? throw Damaged(path);
        }
        catch (JsonException e)
        {
            throw Damaged(path, e);
        }
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, VolumeRecordJson.Default.VolumeRecord);

    private static UploadException Damaged(string path, Exception? cause = null) => UploadException.OfDestination(
        $"{path} is damaged; remove it, and the model is written anew", cause);
}

/// <summary>The source-generated reader and writer of the record.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(VolumeRecord))]
internal sealed partial class VolumeRecordJson : JsonSerializerContext;
