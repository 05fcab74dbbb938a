using System.IO.Compression;
using System.Text.Json.Nodes;
using static Tracebloc.Integration.Tests.ChartUpgrade.ChartScene;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>A revision as helm keeps it: a Secret that holds JSON, compressed, in base64, and that again.</summary>
internal static class ReleaseRecord
{
    /// <summary>Makes a revision so much older than it is.</summary>
    public static async Task AgeAsync(this ChartScene scene, int revision, TimeSpan by)
    {
        var name = $"sh.helm.release.v1.{scene.Release}.v{revision}";
        var secret = JsonNode.Parse(
            await scene.Cluster.KubectlAsync(["get", "secret", name, "--output=json"], Cancelled))!;
        var release = Unpack((string)secret["data"]!["release"]!);
        var updated = DateTimeOffset.Parse((string)release["info"]!["last_deployed"]!);
        release["info"]!["last_deployed"] = $"{updated - by:O}";
        secret["data"]!["release"] = Pack(release);
        await scene.Cluster.KubectlAsync(["replace", "--filename=-"], Cancelled, secret.ToJsonString());
    }

    private static JsonNode Unpack(string data)
    {
        var packed = Convert.FromBase64String(Text(Convert.FromBase64String(data)));
        using var json = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonNode.Parse(json)!;
    }

    private static string Pack(JsonNode release)
    {
        using var packed = new MemoryStream();
        using (var json = new GZipStream(packed, CompressionMode.Compress))
            json.Write(Bytes(release.ToJsonString()));
        return Convert.ToBase64String(Bytes(Convert.ToBase64String(packed.ToArray())));
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
