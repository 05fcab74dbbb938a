using Tracebloc.Signatures.Signing;
using Tracebloc.Testing.Registry;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests.Signing;

/// <summary>Faults of the services have their place in the message, and the token has none.</summary>
public sealed class SigningFaultTests
{
    public static TheoryData<string, int, bool> Calls
    {
        get
        {
            var calls = new TheoryData<string, int, bool>();
            foreach (var path in (string[])[FakeSigstore.Certificates, FakeSigstore.Timestamps, FakeSigstore.Entries])
                foreach (var status in (int[])[0, 400, 401, 429, 500, 503])
                    calls.Add(path, status, status is 0 or 429 or >= 500);
            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_failed_call_is_a_fault_with_its_place(string path, int status, bool isTransient)
    {
        await using var scene = await SigningScene.StartAsync();
        scene.Sigstore.Answer(path, Reply(status), times: 2);

        var fault = await scene.FaultAsync();

        Assert.Equal((isTransient, scene.Sigstore.Address), (fault.IsTransient, fault.Service));
        Assert.Contains($"{scene.Sigstore.Address}", fault.Message, StringComparison.Ordinal);
        await AssertNoTokenAsync(scene, fault);
    }

    [Theory]
    [InlineData(FakeSigstore.Certificates)]
    [InlineData(FakeSigstore.Timestamps)]
    [InlineData(FakeSigstore.Entries)]
    public async Task A_call_is_repeated_after_a_passing_fault(string path)
    {
        foreach (var status in (int[])[0, 429, 503])
        {
            await using var scene = await SigningScene.StartAsync();
            scene.Sigstore.Answer(path, Reply(status));

            var bundle = await scene.SignAsync();

            Assert.NotEqual(0, bundle.Content.Length);
            Assert.Equal(2, scene.Sigstore.Requests.Count(request => request.Path == path));
        }
    }

    [Theory]
    [InlineData(FakeSigstore.Certificates, "[]")]
    [InlineData(FakeSigstore.Certificates, "{}")]
    [InlineData(FakeSigstore.Certificates, """{"signedCertificateEmbeddedSct":{"chain":{"certificates":["x"]}}}""")]
    [InlineData(FakeSigstore.Certificates, "<html>")]
    [InlineData(FakeSigstore.Timestamps, "")]
    [InlineData(FakeSigstore.Timestamps, "<html>")]
    [InlineData(FakeSigstore.Entries, "{}")]
    [InlineData(FakeSigstore.Entries, """{"a":null}""")]
    [InlineData(FakeSigstore.Entries, """{"a":{"body":"e30=","logID":"00"}}""")]
    [InlineData(FakeSigstore.Entries, "<html>")]
    public async Task An_answer_without_its_content_is_a_fault(string path, string body)
    {
        await using var scene = await SigningScene.StartAsync();
        scene.Sigstore.Answer(path, FakeReply.Of(200, body));

        var fault = await scene.FaultAsync();

        Assert.False(fault.IsTransient);
        await AssertNoTokenAsync(scene, fault);
    }

    [Theory]
    [InlineData(FakeSigstore.Certificates)]
    [InlineData(FakeSigstore.Timestamps)]
    [InlineData(FakeSigstore.Entries)]
    public async Task An_answer_of_more_than_a_mebibyte_is_a_fault(string path)
    {
        await using var scene = await SigningScene.StartAsync();
        scene.Sigstore.Answer(path, new FakeReply { Body = new byte[(1 << 20) + 1] });

        Assert.Contains("larger than", (await scene.FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_Fulcio_repeats_is_not_in_the_message()
    {
        await using var scene = await SigningScene.StartAsync();
        var token = await File.ReadAllTextAsync(scene.TokenFile, TestContext.Current.CancellationToken);
        scene.Sigstore.Answer(FakeSigstore.Certificates, FakeReply.Of(400, $"bad token {token}"));

        var fault = await scene.FaultAsync();

        Assert.Contains("400", fault.Message, StringComparison.Ordinal);
        await AssertNoTokenAsync(scene, fault);
    }

    [Fact]
    public async Task An_answer_about_another_signature_is_a_fault()
    {
        await using var scene = await SigningScene.StartAsync();
        var other = await scene.SignAsync();
        Assert.NotEqual(0, other.Content.Length);
        var entry = scene.Sigstore.LastEntry;
        scene.Sigstore.Answer(FakeSigstore.Entries, FakeReply.Of(201, entry));

        Assert.Contains("is about another", (await scene.FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_the_log_has_already_is_fetched()
    {
        await using var scene = await SigningScene.StartAsync();
        scene.Sigstore.LosesNextEntry = true;

        var bundle = await scene.SignAsync();

        var verdict = BundleVerifier.VerifyModel(bundle.Content, scene.Policy(), SigningScene.Files);
        Assert.Equal(SignatureOutcome.Verified, verdict.Outcome);
        Assert.Contains(scene.Sigstore.Requests, request => request.Method == "GET");
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("one.two", "no JSON Web Token")]
    [InlineData("one two.three.four", "white space")]
    [InlineData("a.!.b", "no JSON Web Token")]
    [InlineData("a.e30.b", "lacks iss or sub")]
    public async Task A_file_without_a_token_is_a_fault(string content, string why)
    {
        await using var scene = await SigningScene.StartAsync();
        await File.WriteAllTextAsync(scene.TokenFile, content, TestContext.Current.CancellationToken);

        Assert.Contains(why, (await scene.FaultAsync()).Message, StringComparison.Ordinal);
        Assert.Empty(scene.Sigstore.Requests);
    }

    [Fact]
    public async Task A_missing_token_is_a_fault_with_its_path()
    {
        await using var scene = await SigningScene.StartAsync();
        File.Delete(scene.TokenFile);

        Assert.Contains(scene.TokenFile, (await scene.FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_that_do_not_suffice_are_a_fault_before_any_call()
    {
        await using var scene = await SigningScene.StartAsync(isVersion2: true);
        SigningServices[] lacking =
        [
            scene.Services with { Fulcio = null },
            scene.Services with { Rekor = null, TimestampAuthority = null },
            scene.Services with { TimestampAuthority = null },
            scene.Services with { Rekor = new Uri("file:///log") },
        ];

        foreach (var services in lacking)
            await scene.FaultAsync(services);

        Assert.Empty(scene.Sigstore.Requests);
    }

    private static FakeReply Reply(int status) => status == 0 ? FakeReply.Abort : FakeReply.Of(status);

    private static async Task AssertNoTokenAsync(SigningScene scene, SigningException fault)
    {
        var token = await File.ReadAllTextAsync(scene.TokenFile, TestContext.Current.CancellationToken);
        foreach (var part in token.Trim().Split('.')[..2])
            Assert.DoesNotContain(part, fault.ToString(), StringComparison.Ordinal);
    }
}
