using System.Text;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class SecrecyTests
{
    private const string Secret = "s3cr3t-value";

    public static TheoryData<string> Troubles => ["denied", "token", "redirect", "html", "silent", "limited", "broken"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Nothing_that_is_printed_or_sent_in_a_URL_holds_a_secret(string trouble)
    {
        await using var fixture = await RegistryFixture.StartAsync(
            new FakeRegistryOptions { Users = new Dictionary<string, string> { ["ann"] = Secret } });
        fixture.Options = RegistryFixture.With(fixture.Registry.Host, "ann", Secret);
        Cause(trouble, fixture.Registry);

        var result = await fixture.ResolveThroughWaitsAsync();

        var printed = $"{result} {fixture.Options} {string.Join(' ', result.Warnings)}";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{Secret}"));
        Assert.False(result.IsOk);
        Assert.DoesNotContain(Secret, printed, StringComparison.Ordinal);
        Assert.DoesNotContain(encoded, printed, StringComparison.Ordinal);
        Assert.DoesNotContain("?", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", result.Message, StringComparison.Ordinal);
        Assert.All(
            fixture.Requests.Concat(fixture.TokenRequests),
            request => Assert.DoesNotContain(Secret, request.Path + request.Query, StringComparison.Ordinal));
    }

    private static void Cause(string trouble, FakeRegistry registry)
    {
        var echo = FakeReply.Of(403, $"{{\"errors\":[{{\"code\":\"{Secret}\",\"message\":\"no {Secret}\"}}]}}");
        var bearer = (FakeRequest request) => request.AuthKind == "Bearer";
        switch (trouble)
        {
            case "denied":
                registry.When(bearer, echo);
                break;
            case "token":
                registry.Tokens.When(_ => true, echo);
                break;
            case "redirect":
                registry.When(bearer, FakeReply.Redirect(307, $"http://10.0.0.1/x?signature={Secret}"));
                break;
            case "html":
                registry.When(bearer, FakeReply.Of(200, Secret, "text/html"));
                break;
            case "silent":
                registry.When(bearer, FakeReply.Of(503, Secret));
                break;
            case "limited":
                registry.When(bearer, FakeReply.Of(429, Secret));
                break;
            default:
                registry.When(bearer, FakeReply.Abort);
                break;
        }
    }
}
