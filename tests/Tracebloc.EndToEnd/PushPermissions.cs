namespace Tracebloc.EndToEnd;

/// <summary>Pushes by users who lack one right of the documented Role.</summary>
internal sealed class PushPermissions(Release zeta, Workstation machine, Accounts accounts, StagingSigns staging)
{
    private const string Table = "e2e_denied";

    // A process and a few calls each.
    private const int AtOnce = 4;

    private readonly StoryReporter _reporter = zeta.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(35, "Without one right of the documented Role a push ends before the upload, and names it");
        var data = machine.Data.Rows("denied", 20);
        var tried = 0;
        foreach (var some in Accounts.Each().Chunk(AtOnce))
            tried += (await Task.WhenAll(some.Select(right => TryAsync(right, data, cancellationToken)))).Length;
        _reporter.Claim("that were all rights", tried > 10, $"{tried}");
        _reporter.Equal(
            "none of them has started a staging pod", "",
            string.Join(' ', await staging.EverAsync(Table, cancellationToken)));
    }

    private async Task<CommandEnd> TryAsync(
        MissingRight right, string data, CancellationToken cancellationToken)
    {
        var token = await accounts.CreateAsync(right.Account, right.Others, cancellationToken);
        string[] push =
        [
            "dataset", "push", data, $"--table={Table}", "--category=tabular_regression", "--label-column=price",
        ];
        var end = await new Scientist(machine, token, _reporter).RunAsync(cancellationToken, push);
        // Without the release nothing else can be asked.
        var code = right is { Resource: "deployments" } ? 4 : 5;
        _reporter.Claim(
            $"without {right.Verb} {right.Resource}: exit code {code}, and the message names it",
            end.ExitCode == code && end.Error.Contains(right.Rule), $"{right.Rule}: {end}");
        return end;
    }
}
