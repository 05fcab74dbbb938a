namespace Tracebloc.EndToEnd;

/// <summary>A push to a release whose jobs-manager is older: a stand-in with another schema.</summary>
internal sealed class PushVersions(World world, Release zeta, Scientist scientist, StagingSigns staging)
{
    private const string Table = "e2e_older";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (reporter, deployment) = (zeta.Reporter, $"deployment/{zeta.Name}-jobs-manager");
        reporter.Scene(36, "A jobs-manager with an older schema is met before the upload");
        var older = await world.Around.StandIns.PushManagerAsync("older", StandIns.OlderVersion, cancellationToken);
        await zeta.Kubectl.RunAsync(
            ["set", "image", deployment, $"api={StandIns.NameOf(StandIns.Manager)}@{older}"], cancellationToken);
        await SettleAsync(deployment, cancellationToken);
        var end = await scientist.RunAsync(
            cancellationToken, Pushes.Rows(scientist.Machine.Data.Rows("older", 20), Table));
        reporter.Claim(
            "exit code 8, and the message names both versions and the remedy",
            end.ExitCode == 8 && end.Error.Contains(StandIns.OlderVersion) && end.Error.Contains("upgrade"), $"{end}");
        reporter.Equal(
            "nothing was staged", "", string.Join(' ', await staging.EverAsync(Table, cancellationToken)));
        var doctor = await scientist.RunAsync(cancellationToken, "doctor");
        reporter.Claim("doctor names it too", doctor.ExitCode == 2 && $"{doctor}".Contains(StandIns.OlderVersion));
        await zeta.Kubectl.RunAsync(["rollout", "undo", deployment], cancellationToken);
        await SettleAsync(deployment, cancellationToken);
    }

    // The next pod comes when the one before is gone, and need not wait for it to end.
    private async Task SettleAsync(string deployment, CancellationToken cancellationToken)
    {
        await zeta.Kubectl.RunAsync(
            ["delete", "pod", "--selector=app=manager", "--grace-period=0", "--force"], cancellationToken);
        await zeta.Kubectl.RunAsync(["rollout", "status", deployment, "--timeout=25s"], cancellationToken);
    }
}
