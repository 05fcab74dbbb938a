using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Registering;
using Tracebloc.Testing;
using Tracebloc.Testing.ModelRegistry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ModelUpload.Tests.Registering;

/// <summary>Connections, account, faults and their messages.</summary>
public sealed class ModelRegistryClientTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_carry_the_token_and_the_programs_name()
    {
        await using var trial = await Trial.StartAsync();
        using var client = trial.Client();

        await client.ProbeAsync(Cancelled);

        var request = Assert.Single(trial.Registry.Requests);
        Assert.Equal(
            ("GET", "/api/model_registry/v1alpha3/registered_models", "?pageSize=1&sortOrder=ASC"),
            (request.Method, request.Path, request.Query));
        Assert.Equal($"Bearer {Trial.Token}", request.Authorization);
        Assert.Equal("model-upload/1.2.3", request.Headers["User-Agent"]);
    }

    [Fact]
    public async Task A_refused_token_is_not_repeated_and_not_shown()
    {
        await using var trial = await Trial.StartAsync();
        trial.Registry.FailAt(1, new CallFault(
            FakeReply.Of(401, $$"""{"code":"Unauthorized","message":"bad\n{{Trial.Token}}"}"""), false));
        using var client = trial.Client();

        var fault = await Assert.ThrowsAsync<UploadException>(() => client.ProbeAsync(Cancelled));

        Assert.Equal((UploadExit.Registry, false, 1), (fault.ExitCode, fault.IsTransient, trial.Registry.Calls));
        Assert.DoesNotContain(Trial.Token, $"{fault}", StringComparison.Ordinal);
        Assert.EndsWith(
            "GET /registered_models?pageSize=1&sortOrder=ASC failed: 401 Unauthorized: bad (secret); "
            + "give a valid token by --registry-user-token or --registry-user-token-envvar", fault.Message);
    }

    [Fact]
    public async Task A_token_that_no_header_carries_is_a_fault_of_usage()
    {
        await using var trial = await Trial.StartAsync();

        var fault = Assert.Throws<UploadException>(() => trial.Client(
            new() { Address = trial.Registry.Address, Token = new Secret("two lines\nof it") }));

        Assert.Equal(UploadExit.Usage, fault.ExitCode);
        Assert.DoesNotContain("lines", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Transient_faults_are_repeated_for_five_attempts(int status)
    {
        await using var trial = await Trial.StartAsync();
        for (var call = 1; call <= 9; call++)
            trial.Registry.FailAt(call, new CallFault(FakeReply.Of(status, "out\u001b[31m of order"), false));
        using var client = trial.Client();

        var fault = await Assert.ThrowsAsync<UploadException>(() => client.ProbeAsync(Cancelled));

        Assert.Equal((5, true), (trial.Registry.Calls, fault.IsTransient));
        Assert.DoesNotContain('\u001b', fault.Message);
    }

    [Theory]
    [InlineData(200, "<html>sign in</html>", "is no entry of a Model Registry")]
    [InlineData(200, "{}", "is no entry of a Model Registry")]
    [InlineData(302, "", "the registry is elsewhere")]
    [InlineData(403, "", "give the token's account access to the registry")]
    [InlineData(400, """{"code":"Bad Request","message":"no"}""", "400 BadRequest: no")]
    public async Task Other_answers_end_the_run(int status, string body, string expected)
    {
        await using var trial = await Trial.StartAsync();
        trial.Registry.FailAt(1, new CallFault(FakeReply.Of(status, body), false));
        using var client = trial.Client();

        var fault = await Assert.ThrowsAsync<UploadException>(
            () => client.GetAsync(EntryKind.Model, "1", Cancelled));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, trial.Registry.Calls);
    }

    [Fact]
    public async Task A_wait_that_the_registry_asks_for_is_kept()
    {
        var time = new ManualTimeProvider();
        await using var started = await Trial.StartAsync();
        var trial = new Trial(started.Registry) { Time = time };
        trial.Registry.FailAt(1, new CallFault(FakeReply.Of(429).With("Retry-After", "17"), false));
        using var client = trial.Client();

        var probing = client.ProbeAsync(Cancelled);
        await time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(17), Cancelled);
        Assert.Equal(1, trial.Registry.Calls);
        time.Advance(TimeSpan.FromSeconds(17));
        await probing;

        Assert.Equal(2, trial.Registry.Calls);
    }

    [Fact]
    public async Task A_creation_that_hangs_after_its_effect_is_found_and_not_repeated()
    {
        var time = new ManualTimeProvider();
        await using var started = await Trial.StartAsync();
        var trial = new Trial(started.Registry) { Time = time };
        var registration = trial.Start(UploadIntent.CreateModel);
        await registration.CheckAsync(Cancelled);
        var hit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trial.Registry.FailAt(
            trial.Registry.Calls + 2, new CallFault(FakeReply.Never, true) { OnHit = () => hit.SetResult() });

        var finishing = registration.FinishAsync(Trial.Uri, Trial.Digest, Cancelled);
        await hit.Task.WaitAsync(Cancelled);
        time.Advance(TimeSpan.FromMinutes(1));
        await finishing;

        Assert.Equal("LIVE LIVE LIVE", trial.OwnStates);
        Assert.Single(trial.Registry.Requests, request =>
            request.Method == "POST" && request.Path.EndsWith("/registered_models", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    public async Task A_certificate_is_trusted_by_its_authority_or_where_nothing_is_verified(
        bool isSecure, bool hasCa, bool isTrusted)
    {
        using var certificates = TestCertificates.Create();
        var folder = Directory.CreateTempSubdirectory("model-registry-");
        var ca = Path.Combine(folder.FullName, "ca.crt");
        await File.WriteAllTextAsync(ca, certificates.AuthorityPem, Cancelled);
        var options = new FakeListenerOptions { Certificate = certificates.IssueServer() };
        await using var registry = await FakeModelRegistry.StartAsync(options, Cancelled);
        using var client = new Trial(registry).Client(new ModelRegistrySettings
        {
            Address = registry.Address,
            IsSecure = isSecure,
            CustomCa = hasCa ? ca : null,
        });

        var fault = await Record.ExceptionAsync(() => client.ProbeAsync(Cancelled));
        folder.Delete(recursive: true);

        if (isTrusted)
            Assert.Null(fault);
        else
            Assert.EndsWith(
                "name its file as --registry-custom-ca", Assert.IsType<UploadException>(fault).Message);
    }
}
