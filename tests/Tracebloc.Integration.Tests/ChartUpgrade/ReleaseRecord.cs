using System.IO.Compression;
using System.Text.Json.Nodes;
using k8s;
using static Tracebloc.Integration.Tests.ChartUpgrade.ChartScene;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>A revision as helm keeps it: a Secret that holds JSON, compressed, in base64, and that again.</summary>
internal static class ReleaseRecord
{
    /// <summary>Makes a revision so much older than it is.</summary>
    public static async Task AgeAsync(this ChartScene scene, int revision, TimeSpan by)
    {
        var name = $"sh.helm.release.v1.{scene.Release}.v{revision}";
        using var client = await scene.Cluster.OpenAsync();
        var secret = await client.CoreV1.ReadNamespacedSecretAsync(
            name, scene.Cluster.Namespace, cancellationToken: Cancelled);
        var release = Unpack(secret.Data["release"]);
        var updated = DateTimeOffset.Parse((string)release["info"]!["last_deployed"]!);
        release["info"]!["last_deployed"] = $"{updated - by:O}";
        secret.Data["release"] = Pack(release);
        await client.CoreV1.ReplaceNamespacedSecretAsync(
            secret, name, scene.Cluster.Namespace, cancellationToken: Cancelled);
    }

    private static JsonNode Unpack(byte[] data)
    {
        var packed = Convert.FromBase64String(Text(data));
        using var json = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonNode.Parse(json)!;
    }

    private static byte[] Pack(JsonNode release)
    {
        using var packed = new MemoryStream();
        using (var json = new GZipStream(packed, CompressionMode.Compress))
            json.Write(Bytes(release.ToJsonString()));
        return Bytes(Convert.ToBase64String(packed.ToArray()));
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
