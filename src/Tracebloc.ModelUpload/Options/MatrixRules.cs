namespace Tracebloc.ModelUpload.Options;

/// <summary>Pairs of source and destination: each kind goes to each other, and none onto itself.</summary>
internal static class MatrixRules
{
    public static void Check(SourceSettings source, DestinationSettings destination, Findings findings)
    {
        if (Overlap(source, destination) is { } place)
            findings.Error($"source and destination overlap: {place}; name another destination");
    }

    private static string? Overlap(SourceSettings source, DestinationSettings destination) =>
        (source, destination) switch
        {
            ({ S3: { } from }, { S3: { } to }) => from.Bucket == to.Bucket && from.Endpoint == to.Endpoint
                && AreNested(from.Key, to.Key) ? $"s3://{to.Bucket}/{to.Key}" : null,
            ({ Oci: { } from }, { Oci: { } to }) => from.Image == to.Target.Image ? $"oci://{from.Image}" : null,
            ({ Volume: { } from }, { Volume: { } to }) =>
                AreNested(from.Path, to.Path) ? to.Path : null,
            _ => null,
        };

    private static bool AreNested(string one, string other)
    {
        var (left, right) = ($"{one.TrimEnd('/')}/", $"{other.TrimEnd('/')}/");
        return left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left, StringComparison.Ordinal);
    }
}
