using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>JSON with half a surrogate pair, which readers meet with an exception of their own.</summary>
public sealed class UnicodeTests
{
    private const string Half = "\\ud800";

    [Theory]
    [InlineData(404, "{\"errors\":[{\"code\":\"" + Half + "\"}]}", Verdict.NotFound)]
    [InlineData(404, "{\"" + Half + "\":1}", Verdict.NotFound)]
    [InlineData(418, "{\"code\":\"" + Half + "\"}", Verdict.Invalid)]
    [InlineData(200, "{\"" + Half + "12345678\":1}", Verdict.Invalid)]
    [InlineData(200, "{\"mediaType\":\"" + Half + "\"}", Verdict.Invalid)]
    public async Task A_text_that_is_not_Unicode_is_one_images_trouble(int status, string body, Verdict verdict)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Push("other", "v1", "other");
        fixture.Registry.When(
            request => request.Repository == "app" && request.Method == "HEAD", FakeReply.Of(405));
        fixture.Registry.When(
            request => request.Repository == "app", FakeReply.Of(status, body, FakeManifest.OciIndex));

        var results = await fixture.ResolveAllAsync("app:v1", "other:v1");

        Assert.Equal((verdict, Verdict.Ok), (results[0].Verdict, results[1].Verdict));
    }
}
