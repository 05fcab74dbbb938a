using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Tests.Finding;

public sealed class DataVolumeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bound_volume_has_size_and_access_modes()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();

        var volume = await ReadAsync(scene);
        volume.RequireBound();

        Assert.Equal(("client-pvc", "50Gi"), (volume.Claim, volume.Size));
        Assert.Equal(["ReadWriteMany"], volume.AccessModes);
    }

    [Fact]
    public async Task A_volume_that_is_not_bound_names_its_class()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Edit("persistentvolumeclaim/client-pvc", claim => claim["status"]!["phase"] = "Pending");

        var fault = Assert.Throws<CliException>((await ReadAsync(scene)).RequireBound);

        Assert.Equal(CliExit.NoRelease, fault.ExitCode);
        Assert.Equal(
            "Volume claim client-pvc is Pending and not Bound: StorageClass edge-storage-class has "
            + "made no volume; kubectl "
            + "describe pvc client-pvc has the reason",
            fault.Message);
    }

    [Fact]
    public async Task A_claim_that_is_missing_is_named()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Delete("persistentvolumeclaim/client-pvc");

        var fault = await Assert.ThrowsAsync<CliException>(() => ReadAsync(scene));

        Assert.Equal(CliExit.NoRelease, fault.ExitCode);
        Assert.StartsWith(
            "Volume claim client-pvc of release edge in namespace tracebloc was not found", fault.Message,
            StringComparison.Ordinal);
    }

    private static Task<DataVolume> ReadAsync(Scene scene) =>
        DataVolume.ReadAsync(scene.Open().Client, Scene.Release, Cancelled);
}
