namespace Tracebloc.EndToEnd;

/// <summary>The API server is restarted in the middle of a push, twice.</summary>
internal sealed class ApiRestartStory(World world, Release zeta)
{
    private const string Table = "e2e_restarted";

    private const int Images = 300, ImageBytes = 40_000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var reporter = zeta.Reporter;
        reporter.Scene(37, "The API server is restarted during the upload, and again during the run: the push goes on");
        using var machine = await Workstation.SetUpAsync(zeta.Kubectl, world.CommandLine);
        await using var accounts = new Accounts(zeta.Kubectl, "operators");
        await accounts.SetUpAsync(cancellationToken);
        var token = await accounts.CreateAsync("operator", Accounts.Documented, cancellationToken);
        var scientist = new Scientist(machine, token, reporter);
        var staging = new StagingSigns(zeta.Kubectl, world.VolumeOf(zeta));
        var held = new BackendHold(zeta.Backend).Next($"/global_meta/{Table}/");
        await using var push = await scientist.HoldAsync(
            cancellationToken, Pushes.Images(machine.Data.Images(Table, Images, ImageBytes), Table));
        await world.Around.RestartApiAsync(cancellationToken);
        push.Release();
        await held.Reached.WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);
        await world.Around.RestartApiAsync(cancellationToken);
        held.Release();
        var end = await push.EndAsync();
        reporter.Claim("the push succeeds", end.ExitCode == 0, $"{end}");
        reporter.Claim(
            "it says that it went on with the upload", end.Text.Contains("going on where it ended"), end.Text);
        reporter.Equal(
            "each row is there once", $"{Images}\t{Images}",
            await new DatabasePod(zeta.Kubectl).CountAsync(Table, cancellationToken));
        reporter.Equal("no staging pod is left", "", await staging.LeftAsync(cancellationToken));
    }
}
