using System.Text.Json;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>
/// The files of a publication with where they came from, kept beside it: by it the next run knows without reading
/// which of its files are there.
/// </summary>
/// <param name="Files">The files, in the order of their paths.</param>
internal sealed record OciRecord(IReadOnlyList<OciRecordFile> Files)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, OciRecordJson.Default.OciRecord);

    /// <summary>Null for what is no record of this form.</summary>
    public static OciRecord? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var record = JsonSerializer.Deserialize(json, OciRecordJson.Default.OciRecord);
            // The reader takes null for an element, whatever the type says.
            return record?.Files.Any(file => file is null) ?? true ? null : record;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
