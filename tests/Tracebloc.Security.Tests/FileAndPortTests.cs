using System.Net;
using System.Net.Sockets;
using Tracebloc.Testing;

namespace Tracebloc.Security.Tests;

/// <summary>Files beside the program on its disk, and clients of its port, are hostile.</summary>
public sealed class FileAndPortTests
{
    private const string Precious = "precious";

    [Theory]
    [InlineData("refresh.prom")]
    [InlineData("refresh.prom.tmp")]
    [Trait("Finding", "11")]
    public async Task A_link_beside_the_metrics_file_overwrites_nothing(string link)
    {
        await using var scene = await MeasuredAsync();
        await scene.WriteAsync("victim", Precious);
        File.CreateSymbolicLink(scene.Path(link), scene.Path("victim"));

        await scene.TickAsync();

        Assert.Equal(Precious, await File.ReadAllTextAsync(scene.Path("victim"), AttackScene.Cancelled));
        Assert.Null(new FileInfo(scene.Path("refresh.prom")).LinkTarget);
    }

    [Fact]
    [Trait("Finding", "11")]
    public async Task A_pipe_in_place_of_the_metrics_file_does_not_hang_the_tick()
    {
        await using var scene = await MeasuredAsync();
        using var pipe = new NamedPipe(scene.Path("refresh.prom"));

        var tick = scene.TickAsync();
        var end = await tick.WaitAsync(Bound.OfWaits, TimeProvider.System, AttackScene.Cancelled);

        Assert.Equal((0, "recorded"), (end.ExitCode, end.OutcomeOf("manager")));
    }

    [Fact]
    [Trait("Finding", "11")]
    public async Task A_metrics_file_of_gigabytes_is_not_read()
    {
        await using var scene = await MeasuredAsync();
        await using (var file = File.Create(scene.Path("refresh.prom")))
            file.SetLength(3L << 30);

        var end = await scene.TickAsync();

        Assert.Equal((0, "recorded"), (end.ExitCode, end.OutcomeOf("manager")));
        Assert.InRange(new FileInfo(scene.Path("refresh.prom")).Length, 1, 1 << 20);
    }

    [Fact]
    [Trait("Finding", "15")]
    public async Task Idle_connections_are_bounded_and_keep_nobody_out()
    {
        await using var scene = await AttackScene.StartAsync();
        await scene.ConfigureAsync("", scene.Restart);
        scene.Push("manager", "1");
        var port = FreePort.Next();
        var watch = AttackedProgram.Start(scene.Arguments("watch", "--listen", $"127.0.0.1:{port}"));
        await scene.Api.WaitForCallAsync(call => call is { Verb: "patch", Status: 200 }, AttackScene.Cancelled);
        var idle = new List<TcpClient>();
        for (var number = 0; number < 200; number++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, AttackScene.Cancelled);
            idle.Add(client);
        }

        // Those beyond the bound are hung up on at once, the others after seconds and not minutes.
        using (var bound = new Bound(Bound.OfWaits, AttackScene.Cancelled))
            foreach (var client in idle)
                await bound.KeepAsync(token => HungUpAsync(client, token), () => "an idle connection is open");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/healthz"), AttackScene.Cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        idle.ForEach(client => client.Dispose());
        await watch.TerminateAsync();
        Assert.InRange((await watch.Result).ExitCode, 0, 143);
    }

    [Fact]
    [Trait("Finding", "16")]
    public async Task A_small_configuration_does_not_fill_the_memory()
    {
        await using var scene = await AttackScene.StartAsync();
        var key = new string('k', 200_000);
        await scene.ConfigureAsync($"? {key}\n: [{string.Join(',', Enumerable.Repeat("1", 25_000))}]", scene.Restart);

        var end = await scene.TickAsync();

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("refresh.yaml:4: ", end.Error);
        Assert.Contains("a key has 200000 characters", end.Error);
    }

    private static async Task<AttackScene> MeasuredAsync()
    {
        var scene = await AttackScene.StartAsync();
        await scene.ConfigureAsync($"metrics: {{file: {scene.Path("refresh.prom")}}}", scene.Restart);
        scene.Push("manager", "1");
        return scene;
    }

    private static async Task<bool> HungUpAsync(TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], cancellationToken) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
