using Microsoft.AspNetCore.Http;

namespace Tracebloc.Web.Tests;

public sealed class RequestHandlerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_route_gets_the_segments_of_the_decoded_path()
    {
        await using var scene = await new WebScene().StartAsync(
            Token,
            new Route("GET", "/{a}/{b}", (call, _) => Task.FromResult(WebScene.Ok($"{call["a"]}, {call["b"]}"))));

        Assert.Equal((200, "x y, 100%", ""), await scene.SendAsync("GET", "/x%20y/100%25", Token));
    }

    [Fact]
    public async Task Faults_have_the_form_of_the_program()
    {
        await using var scene = await new WebScene().StartAsync(
            Token,
            new Route("GET", "/fails", (_, _) => throw new InvalidOperationException("secret")),
            new Route("GET", "/away", (_, _) => throw new TimeoutException("3306")),
            new Route("POST", "/reads", async (call, token) => WebScene.Ok(
                $"{(await RequestBody.ReadAsync(call.Request, 8, token))?.Length}")));

        Assert.Equal(
            (500, "500: Unexpected fault; the log of test has it", ""), await scene.SendAsync("GET", "/fails", Token));
        Assert.Equal(
            (503, "503: The database gives no answer; ask again later", "Retry-After: 5"),
            await scene.SendAsync("GET", "/away", Token));
        Assert.Equal((404, "404: There is no such path", ""), await scene.SendAsync("GET", "/none", Token));
        Assert.Equal(
            (405, "405: This path has POST only", "Allow: POST"), await scene.SendAsync("GET", "/reads", Token));
        Assert.Contains(scene.Log.Lines, line => line.Contains("GET /away cannot be answered: 3306"));
    }

    [Fact]
    public async Task A_body_is_read_up_to_the_limit()
    {
        await using var scene = await new WebScene().StartAsync(
            Token,
            new Route("POST", "/reads", async (call, token) => WebScene.Ok(
                $"{(await RequestBody.ReadAsync(call.Request, 8, token))?.Length ?? -1}")),
            new Route("PUT", "/reads", async (call, token) => WebScene.Ok(
                $"{(await RequestBody.ReadAsync(call.Request, 100, token))?.Length}")));

        Assert.Equal("8", (await scene.SendAsync("POST", "/reads", Token, body: "12345678")).Text);
        Assert.Equal("-1", (await scene.SendAsync("POST", "/reads", Token, body: "123456789")).Text);
        Assert.Equal(413, (await scene.SendAsync("PUT", "/reads", Token, body: new string('x', 65))).Status);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_503()
    {
        var started = new TaskCompletionSource();
        await using var scene = await new WebScene().StartAsync(
            Token,
            new Route("GET", "/slow", async (_, token) =>
            {
                started.SetResult();
                await new TaskCompletionSource().Task.WaitAsync(token);
                return WebScene.Ok("never");
            }));
        var answer = scene.SendAsync("GET", "/slow", Token);
        await started.Task.WaitAsync(Token);
        scene.Time.Advance(scene.Rules.Deadline);

        Assert.Equal(
            (503, "503: The request took longer than 25 s; ask again later", "Retry-After: 5"), await answer);
    }

    [Fact]
    public async Task Answers_are_counted_by_route_and_status()
    {
        await using var scene = await new WebScene().StartAsync(
            Token, new Route("GET", "/{any}", (_, _) => Task.FromResult(WebScene.Ok("ok"))));
        foreach (var path in (string[])["/a", "/b", "/a/b"])
            await scene.SendAsync("GET", path, Token);

        Assert.Equal(
            [new RequestCount("GET /{any}", 200, 2), new RequestCount("other", 404, 1)],
            scene.Counters.Counts.OrderBy(count => count.Status));
    }

    [Theory]
    [InlineData("Bearer abc", "abc")]
    [InlineData("bearer abc", "abc")]
    [InlineData("Basic abc", "")]
    [InlineData("Bearer", "")]
    [InlineData("", "")]
    public async Task A_bearer_token_is_that_of_the_only_header(string authorization, string expected)
    {
        await using var scene = await new WebScene().StartAsync(
            Token,
            new Route("GET", "/", (call, _) => Task.FromResult(BearerToken.Of(call.Request) is { } token
                ? WebScene.Ok(token)
                : WebScene.Ok("none") with { Status = StatusCodes.Status401Unauthorized })));

        var answer = await scene.SendAsync("GET", "/", Token, authorization: authorization);
        Assert.Equal(
            expected.Length > 0 ? (200, expected, "") : (401, "none", "WWW-Authenticate: Bearer"), answer);
    }

    [Fact]
    public async Task An_address_in_use_names_its_setting()
    {
        await using var scene = await new WebScene().StartAsync(Token);

        var fault = await Assert.ThrowsAsync<WebHostException>(() => WebHost.StartAsync(
            WebScene.Options(scene.Address), _ => Task.CompletedTask, scene.Log, TimeProvider.System, Token));
        Assert.StartsWith($"--listen {scene.Address}: ", fault.Message);
        Assert.EndsWith("; give a free port and an address of this machine", fault.Message);
    }
}
