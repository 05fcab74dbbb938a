using Tracebloc.Integration.Tests.Kubernetes;
using static Tracebloc.Integration.Tests.ChartUpgrade.ChartScene;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>A repository with an authority of its own that asks for a password.</summary>
public sealed class PrivateRepositoryTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    [Fact]
    public async Task Its_authority_and_its_password_are_read_from_files()
    {
        await using var scene = await StartAsync(cluster, "private", isPrivate: true);
        await scene.PublishAsync("1.0.0");
        await scene.InstallAsync("1.0.0");
        await scene.PublishAsync("1.1.0");
        await File.WriteAllTextAsync(scene.Path("ca.crt"), scene.Server.AuthorityPem, Cancelled);
        await File.WriteAllTextAsync(scene.Path("password"), $"{scene.Server.Password}\n", Cancelled);
        string[] trusted = ["--repo-ca-file", scene.Path("ca.crt")];
        string[] known = ["--repo-username", ChartServer.Username, "--repo-password-file", scene.Path("password")];

        Assert.Contains("certificate", (await scene.RunAsync(known)).AssertExit(10).Output);
        Assert.Contains("401 Unauthorized", (await scene.RunAsync(trusted)).AssertExit(10).Output);
        var result = (await scene.RunAsync([.. trusted, .. known, "--log-level", "debug"])).AssertExit(0);

        Assert.Equal("private  upgraded  client 1.0.0 -> 1.1.0\n", result.Output);
        Assert.Contains("helm pull charts/client --version 1.1.0", result.Error);
    }
}
