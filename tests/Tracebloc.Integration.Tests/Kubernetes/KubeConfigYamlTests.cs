using System.Text.Json.Nodes;
using Tracebloc.Kubernetes.Tests;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>The table by which kubeconfigs are read is kubectl's own: kubectl reads each of them here.</summary>
public sealed class KubeConfigYamlTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubeconfig-");

    public static TheoryData<string, string> Users => KubeConfigYaml.Users;

    [Theory]
    [MemberData(nameof(Users))]
    public async Task Kubectl_reads_it_so(string user, string token)
    {
        RealParts.SkipWithout(RealParts.Cluster); // where that is, kubectl is
        var file = Path.Combine(_folder.FullName, "config");
        await File.WriteAllTextAsync(file, KubeConfigYaml.File(user), TestContext.Current.CancellationToken);

        Assert.Equal(token, await ReadAsync(new Kubectl(file, "default")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<string> ReadAsync(Kubectl kubectl)
    {
        try
        {
            var view = await kubectl.RunAsync(
                ["config", "view", "--raw", "--minify", "--output=json"], TestContext.Current.CancellationToken);
            return (string?)JsonNode.Parse(view)!["users"]?[0]?["user"]?["token"] ?? "";
        }
        catch (InvalidOperationException e) when (e.Message.Contains("error loading config file"))
        {
            return "refused";
        }
    }
}
