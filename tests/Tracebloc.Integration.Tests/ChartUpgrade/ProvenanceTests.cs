using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Integration.Tests.Kubernetes;
using static Tracebloc.Integration.Tests.ChartUpgrade.ChartScene;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>Charts that gpg has signed, and charts that somebody has laid hands on.</summary>
public sealed class ProvenanceTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    [Fact]
    public async Task Only_a_chart_that_a_key_of_the_keyring_has_signed_is_deployed()
    {
        await using var scene = await StartAsync(cluster, "signed");
        await using var signer = await GpgKey.CreateAsync(Cancelled);
        await using var stranger = await GpgKey.CreateAsync(Cancelled);
        await scene.PublishAsync("1.0.0");
        await scene.InstallAsync("1.0.0");

        await scene.PublishAsync("1.1.0");
        await RefusedAsync(scene, signer, "1.1.0", "could not load provenance file");

        await scene.PublishAsync("1.2.0", signer: stranger);
        await RefusedAsync(scene, signer, "1.2.0", "openpgp: signature made by unknown entity");

        await scene.PublishAsync("1.3.0", signer: signer);
        (await scene.RunAsync("--keyring", signer.PublicRing)).AssertExit(0);
        Assert.Equal(["superseded client-1.0.0", "deployed client-1.3.0"], await scene.HistoryAsync());
    }

    [Fact]
    public async Task A_chart_that_was_tampered_with_changes_nothing()
    {
        await using var scene = await StartAsync(cluster, "tampered");
        await using var signer = await GpgKey.CreateAsync(Cancelled);
        await scene.PublishAsync("1.0.0", signer: signer);
        await scene.InstallAsync("1.0.0");
        await scene.PublishAsync("1.1.0", signer: signer);
        await scene.TamperAsync("1.1.0");

        await RefusedAsync(scene, signer, "1.1.0", "sha256 sum does not match");

        // Without a keyring nobody asks: that is what it is for.
        (await scene.RunAsync()).AssertExit(0);
    }

    [Fact]
    public async Task A_signed_release_verifies_the_next_one_by_its_own_key()
    {
        await using var scene = await StartAsync(cluster, "chained");
        await using var signer = await GpgKey.CreateAsync(Cancelled);
        await using var stranger = await GpgKey.CreateAsync(Cancelled);
        var keyring = await KeyringOfAsync(signer, scene.Path("carried.gpg"));
        await scene.PublishAsync("1.0.0", signer: signer);
        await scene.InstallAsync("1.0.0");

        await scene.PublishAsync("1.1.0", signer: stranger);
        await RefusedAsync(scene, keyring, "1.1.0", "openpgp: signature made by unknown entity");

        await scene.PublishAsync("1.2.0", signer: signer);
        (await scene.RunAsync("--keyring", keyring)).AssertExit(0);
        Assert.Equal(["superseded client-1.0.0", "deployed client-1.2.0"], await scene.HistoryAsync());
    }

    /// <summary>The keyring that auto-upgrade mounts, of a chart that was packaged with the key.</summary>
    private static async Task<string> KeyringOfAsync(GpgKey signer, string file)
    {
        using var signed = new SignedChart(await File.ReadAllBytesAsync(signer.PublicRing, Cancelled));
        var rendered = (await signed.Chart.RenderAsync()).Find("ConfigMap", "acme-auto-upgrade-keyring");
        await File.WriteAllBytesAsync(
            file, Convert.FromBase64String(rendered["binaryData"]["pubring.gpg"].Text), Cancelled);
        return file;
    }

    private static Task RefusedAsync(ChartScene scene, GpgKey trusted, string version, string why) =>
        RefusedAsync(scene, trusted.PublicRing, version, why);

    private static async Task RefusedAsync(ChartScene scene, string keyring, string version, string why)
    {
        var result = (await scene.RunAsync("--keyring", keyring)).AssertExit(14);

        Assert.StartsWith($"{scene.Release}  unverified  client {version} is not trusted: ", result.Output);
        Assert.Contains(why, result.Output);
        Assert.Equal(["deployed client-1.0.0"], await scene.HistoryAsync());
    }
}
