using Tracebloc.Testing;

namespace Tracebloc.Registry.Tests;

public sealed class CredentialHelperProgramTests : IDisposable
{
    private const string Server = "1234.dkr.ecr.eu-central-1.amazonaws.com";

    private readonly FakeHelper _helper = new();
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _logger = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _helper.Dispose();

    [Fact]
    public async Task It_is_asked_by_dockers_protocol()
    {
        _helper.Has("ecr-login", Server, "AWS", "p:ä$w");

        var answer = await AskAsync("ecr-login");

        Assert.Equal(new RegistryCredential { Username = "AWS", Password = "p:ä$w" }, answer.Value);
        Assert.Equal(["docker-credential-ecr-login get"], _helper.Calls);
    }

    [Theory]
    [InlineData("""{"username":"AWS","SECRET":"s","serverurl":[]}""")]
    [InlineData("""{"Secret":"old","Username":"AWS","secret":"s","Secret":null}""")]
    public async Task Its_answer_is_read_as_docker_reads_it(string answer)
    {
        _helper.Does("ecr-login", $"echo '{answer}'");

        Assert.Equal(
            new RegistryCredential { Username = "AWS", Password = "s" }, (await AskAsync("ecr-login")).Value);
    }

    [Fact]
    public async Task A_secret_of_the_user_token_is_an_identity_token()
    {
        _helper.Has("acr-env", Server, "<token>", "refresh-me");

        Assert.Equal(new RegistryCredential { IdentityToken = "refresh-me" }, (await AskAsync("acr-env")).Value);
    }

    [Fact]
    public async Task That_it_has_none_is_no_failure()
    {
        _helper.Has("gcr", "gcr.io", "u", "p");

        var answer = await AskAsync("gcr");

        Assert.Equal(
            (Verdict.NotFound, $"docker-credential-gcr, asked for {Server}, has no credentials"),
            (answer.Verdict, answer.Message));
    }

    [Theory]
    [InlineData("echo hunter2; exit 3")]
    [InlineData("echo 'hunter2 was refused' >&2; exit 3")]
    public async Task One_that_fails_is_to_be_run_by_hand_and_nothing_that_it_says_is_repeated(string script)
    {
        _helper.Does("gcr", script);

        Assert.Equal(
            $"docker-credential-gcr, asked for {Server}, ended with 3; run it by hand to see why",
            await FaultAsync("gcr"));
    }

    [Theory]
    [InlineData("hunter2", "no credential in JSON")]
    [InlineData("""{"Secret": {"x": "hunter2"}}""", "no credential in JSON")]
    [InlineData("""{"Username": "hunter2", "Secret": ""}""", "no Secret")]
    [InlineData("null", "no Secret")]
    public async Task What_is_no_answer_is_not_repeated(string output, string fault)
    {
        _helper.Says("gcr", output);

        Assert.Equal($"docker-credential-gcr, asked for {Server}, printed {fault}", await FaultAsync("gcr"));
    }

    [Fact]
    public async Task More_than_an_answer_is_read_and_dropped()
    {
        _helper.Does("gcr", "head -c 5000000 /dev/zero | tr '\\0' x; head -c 5000000 /dev/zero >&2; exit 2");

        var fault = await FaultAsync("gcr");

        Assert.EndsWith("ended with 2; run it by hand to see why", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_need_not_read_which_registry_it_is_and_has_the_environment_of_the_worker()
    {
        _helper.Does("gcr", """exec <&-; echo "{\"Username\": \"u\", \"Secret\": \"$HOME\"}" """);

        var answer = await AskAsync("gcr", new string('x', 200_000));

        Assert.Equal(Environment.GetEnvironmentVariable("HOME"), answer.Value?.Password);
    }

    [Fact]
    public async Task One_that_is_not_there_is_missed_by_its_name() => Assert.Equal(
        $"docker-credential-gcr, the credential helper for {Server}, is not on PATH; install it there",
        await FaultAsync("gcr"));

    [Fact]
    public async Task One_that_is_no_program_is_said_to_be_none()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_helper.Folder, "docker-credential-gcr"), "#!/bin/sh", Cancelled);

        Assert.StartsWith($"{_helper.Folder}/docker-credential-gcr cannot be run: ", await FaultAsync("gcr"));
    }

    [Fact]
    public async Task One_that_does_not_end_is_killed_with_its_children()
    {
        var fault = FaultAsync(Hanging());
        await _helper.StartedAsync(Cancelled);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(
            $"docker-credential-gcr, asked for {Server}, timed out after 30 s and was terminated", await fault);
        await _helper.GoneAsync(Cancelled);
    }

    [Fact]
    public async Task One_is_killed_as_well_when_the_worker_is_told_to_end()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var answer = AskAsync(Hanging(), token: stopping.Token);
        await _helper.StartedAsync(Cancelled);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await _helper.GoneAsync(Cancelled);
    }

    private string Hanging()
    {
        _helper.Hangs("gcr");
        return "gcr";
    }

    private async Task<string?> FaultAsync(string helper)
    {
        var answer = await AskAsync(helper);
        Assert.Equal((Verdict.Auth, null), (answer.Verdict, answer.Value));
        Assert.DoesNotContain("hunter2", $"{answer} {string.Join(' ', _logger.Lines)}", StringComparison.Ordinal);
        return answer.Message;
    }

    private Task<Fetched<RegistryCredential>> AskAsync(
        string helper, string server = Server, CancellationToken? token = null) =>
        new CredentialHelperProgram(_helper.Variable, _time, _logger).GetAsync(helper, server, token ?? Cancelled);
}
