namespace Tracebloc.EndToEnd;

/// <summary>Pushes by users who lack one right of the documented Role.</summary>
internal sealed class PushPermissions(Release zeta, Scientist scientist, Accounts accounts, StagingSigns staging)
{
    private const string Table = "e2e_denied";

    // A process and a few calls each.
    private const int AtOnce = 4;

    private readonly StoryReporter _reporter = zeta.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(35, "Without one right of the documented Role a push ends before the upload, and names it");
        var data = scientist.Machine.Data.Rows("denied", 20);
        var tried = 0;
        foreach (var some in Accounts.Each().Chunk(AtOnce))
            tried += (await Task.WhenAll(some.Select(right => TryAsync(right, data, cancellationToken)))).Length;
        var doctor = await scientist.RunAsync(cancellationToken, "doctor");
        _reporter.Claim(
            "these rights are as many as the program checks",
            $"{doctor.Result}".Contains($"all {tried} that a push needs"), $"{tried}, {doctor}");
        _reporter.Equal(
            "none of them has started a staging pod", "",
            string.Join(' ', await staging.EverAsync(Table, cancellationToken)));
    }

    private async Task<CommandEnd> TryAsync(
        MissingRight right, string data, CancellationToken cancellationToken)
    {
        var token = await accounts.CreateAsync(right.Account, right.Others, cancellationToken);
        var end = await new Scientist(scientist.Machine, token, _reporter)
            .RunAsync(cancellationToken, Pushes.Rows(data, Table));
        // Without the release nothing else can be asked.
        var code = right is { Resource: "deployments" } ? 4 : 5;
        _reporter.Claim(
            $"without {right.Verb} {right.Resource}: exit code {code}, and the message names it",
            end.ExitCode == code && end.Error.Contains(right.Rule), $"{right.Rule}: {end}");
        return end;
    }
}
