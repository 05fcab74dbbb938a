using System.Globalization;
using System.Text;
using Tracebloc.Cli.Finding;
using Tracebloc.Net;

namespace Tracebloc.Cli.Checks;

/// <summary><c>tracebloc cluster info</c> for people: one line a part.</summary>
internal static class ClusterInfoText
{
    private const int LabelWidth = 16;

    public static string Write(ClusterInfo info, DateTimeOffset now)
    {
        var text = new StringBuilder();
        var release = info.Release;
        Add(text, "context", info.Context ?? "none: the service account of this pod");
        Add(text, "server", info.Server);
        Add(text, "namespace", release.Namespace);
        Add(text, "release", $"{release.Name}, chart {release.ChartVersion ?? "unknown"}");
        Add(text, "jobs-manager", Of(info.Schema, schema => $"{schema.Server ?? "too old to name its version"}, "
            + (release.IsReady ? "ready" : "not ready")));
        Add(text, "schema", Of(info.Schema, Schema));
        Add(text, "ingestor image", release.Image ?? "unknown");
        Add(text, "service account", Of(info.Token, token => token.Account));
        Add(text, "token", Of(info.Token, token => Token(token, now)));
        Add(text, "volume", Of(info.Volume, Volume));
        return text.ToString();
    }

    private static void Add(StringBuilder text, string label, string value) =>
        text.Append(label.PadRight(LabelWidth)).Append(Line.Whole(value)).Append('\n');

    private static string Of<T>(Part<T> part, Func<T, string> write)
        where T : class => part.Value is { } value ? write(value) : $"unknown: {part.Fault?.Message}";

    private static string Schema(SchemaMatch schema) => schema.Verdict switch
    {
        SchemaVerdict.Same => $"{SchemaMatch.Name} {SchemaMatch.OwnDigest}, the same in jobs-manager",
        SchemaVerdict.ServerIsNewer => $"{SchemaMatch.Name} {SchemaMatch.OwnDigest}, in jobs-manager newer: "
            + schema.ServerDigest,
        _ => $"{SchemaMatch.Name} {SchemaMatch.OwnDigest}, in jobs-manager another: {schema.ServerDigest ?? "none"}",
    };

    private static string Token(SubmissionToken token, DateTimeOffset now) =>
        token.Expires is not { } expires ? $"from Secret {token.Secret}, without an end"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"by TokenRequest, expires {expires.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC "
            + $"(in {(expires - now).TotalMinutes:0} min)");

    private static string Volume(DataVolume volume) =>
        $"{volume.Claim} {volume.Phase}, {volume.Size ?? "size unknown"}, "
        + (volume.AccessModes.Count == 0 ? "no access modes" : string.Join(", ", volume.AccessModes));
}
