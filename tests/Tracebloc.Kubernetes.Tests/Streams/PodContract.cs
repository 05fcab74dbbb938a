using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>
/// Commands, ports and logs of a pod that runs, of a fake and of a real server with a node. The pod's image has a shell
/// and the usual small programs (busybox); it serves a page at port 8080 and writes its log.
/// </summary>
public abstract class PodContract : IAsyncLifetime
{
    private const string Main = "main";

    private ContractServer? _server;
    private KubernetesClient? _client;

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected ContractServer Server => _server ?? throw new InvalidOperationException("not connected");

    private protected KubernetesClient Client => _client ?? throw new InvalidOperationException("not connected");

    private PodApi Pods => new(Client, Client.Namespace);

    /// <summary>Reaches a server, or skips with the reason.</summary>
    protected abstract ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>The image of the pod.</summary>
    protected abstract string Image { get; }

    /// <summary>Runs the pod, and returns when its containers do.</summary>
    private protected abstract Task StartAsync(JsonObject pod, CancellationToken cancellationToken);

    /// <summary>Access without any right to pods.</summary>
    private protected virtual KubernetesClientConfiguration Restricted => Server.Restricted;

    public async ValueTask InitializeAsync()
    {
        _server = await ConnectAsync(Cancelled);
        _client = new(_server.Administrator, TimeProvider.System);
        await StartAsync(Pod(), Cancelled);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_command_gives_its_output_its_errors_and_its_exit_code()
    {
        await using var exec = await ExecAsync("sh", "-c", "echo out; echo err >&2; exit 3");

        Assert.Equal("out\n", Encoding.UTF8.GetString(await ReadAsync(exec)));
        var status = await exec.WaitAsync(Cancelled);
        Assert.Equal((ExecOutcome.Exited, 3, "err\n"), (status.Outcome, status.ExitCode, exec.Errors));
    }

    [Fact]
    public async Task Input_arrives_whole()
    {
        var sent = new byte[1_000_000];
        new Random(1).NextBytes(sent);
        await using var exec = await ExecAsync("head", "-c", "1000000");
        var reading = ReadAsync(exec);
        await exec.WriteAsync(sent, Cancelled);

        Assert.Equal(sent, await reading);
        Assert.True((await exec.WaitAsync(Cancelled)).IsSuccess);
    }

    [Fact]
    public async Task Input_is_ended_where_the_protocol_can()
    {
        await using var exec = await ExecAsync("cat");
        await exec.WriteAsync("rows"u8.ToArray(), Cancelled);
        if (exec.CanCloseInput)
        {
            await exec.CloseInputAsync(Cancelled);
            Assert.Equal("rows", Encoding.UTF8.GetString(await ReadAsync(exec)));
            Assert.True((await exec.WaitAsync(Cancelled)).IsSuccess);
        }
        else
        {
            await Assert.ThrowsAsync<NotSupportedException>(async () => await exec.CloseInputAsync(Cancelled));
        }
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_a_failure_with_a_reason()
    {
        await using var exec = await ExecAsync("/absent");
        var status = await exec.WaitAsync(Cancelled);

        Assert.False(status.IsSuccess);
        Assert.NotEqual(ExecOutcome.Lost, status.Outcome);
        Assert.NotEmpty(status.Message);
    }

    [Theory]
    [InlineData("absent", Main, 404, "pods \"absent\" not found")]
    [InlineData("contract", "absent", 400, "container absent is not valid for pod contract")]
    public async Task A_command_nowhere_is_the_servers_own_refusal(
        string pod, string container, int code, string message)
    {
        var error = await Assert.ThrowsAsync<KubernetesException>(() => Pods.ExecAsync(
            pod, new ExecOptions("true") { Container = container }, Cancelled));

        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public async Task A_command_without_the_right_names_it()
    {
        using var client = new KubernetesClient(Restricted, TimeProvider.System);
        var error = await Assert.ThrowsAsync<KubernetesException>(() => new PodApi(client, Client.Namespace)
            .ExecAsync("contract", new ExecOptions("true"), Cancelled));

        Assert.True(error.IsForbidden);
        Assert.Contains("cannot get resource \"pods/exec\"", error.Message);
        Assert.Contains("grant verbs \"get\" and \"create\" on \"pods/exec\"", error.Message);
    }

    [Fact]
    public async Task Output_that_is_read_late_is_whole()
    {
        await using var exec = await ExecAsync("head", "-c", "5000000", "/dev/zero");
        await Client.VersionAsync(Cancelled);

        Assert.Equal(5_000_000, (await ReadAsync(exec)).Length);
        Assert.True((await exec.WaitAsync(Cancelled)).IsSuccess);
    }

    [Fact]
    public async Task A_port_is_reached_by_several_requests()
    {
        using var client = new HttpClient(Pods.ForwardHandler("contract", 8080));
        var page = new Uri("http://contract/page");

        Assert.Equal("hello\n", await client.GetStringAsync(page, Cancelled));
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.GetStringAsync(page, Cancelled)));
        Assert.All(again, text => Assert.Equal("hello\n", text));
    }

    [Fact]
    public async Task A_closed_port_is_an_error_with_the_servers_reason()
    {
        await using var forward = await Pods.ForwardAsync("contract", 9, Cancelled);
        var error = await Assert.ThrowsAsync<IOException>(() => forward.CopyToAsync(Stream.Null, Cancelled));

        var cause = Assert.IsType<KubernetesException>(error.InnerException);
        Assert.Contains("error forwarding port 9 to pod", cause.Reason);
    }

    [Fact]
    public async Task A_log_is_followed_to_the_end_of_its_container()
    {
        await using var lines = Pods.FollowLogsAsync("contract", new() { Container = Main }, Cancelled)
            .GetAsyncEnumerator(Cancelled);
        var read = new List<LogLine>();
        while (read.Count < 2 && await lines.MoveNextAsync()) read.Add(lines.Current);
        await using (var exec = await ExecAsync("touch", "/tmp/end")) await exec.WaitAsync(Cancelled);
        while (await lines.MoveNextAsync()) read.Add(lines.Current);

        Assert.Equal(["first", "second", "third"], read.Select(line => line.Text));
        Assert.All(read, line => Assert.NotNull(line.Time));
    }

    [Fact]
    public async Task The_tail_of_a_log_is_read_at_once()
    {
        var tail = await Pods.ReadLogsAsync("contract", new() { Container = Main }, 1, Cancelled);

        Assert.Equal(["second"], tail.Select(line => line.Text));
    }

    [Fact]
    public async Task The_log_of_no_container_is_refused()
    {
        var error = await Assert.ThrowsAsync<KubernetesException>(
            () => Pods.ReadLogsAsync("contract", new() { Container = "absent" }, 1, Cancelled));

        Assert.Equal(400, error.Code);
        Assert.Contains("container absent is not valid for pod contract", error.Message);
    }

    private Task<PodExec> ExecAsync(params string[] command) => Pods.ExecAsync(
        "contract", new ExecOptions(command) { Container = Main, HasInput = command[0] is "cat" or "head" }, Cancelled);

    private static async Task<byte[]> ReadAsync(PodExec exec)
    {
        using var all = new MemoryStream();
        await exec.Output.CopyToAsync(all, Cancelled);
        return all.ToArray();
    }

    private JsonObject Pod() => JsonNode.Parse($$"""
        {
          "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "contract" },
          "spec": {
            "restartPolicy": "Never",
            "terminationGracePeriodSeconds": 0,
            "automountServiceAccountToken": false,
            "containers": [{
              "name": "{{Main}}", "image": "{{Image}}", "imagePullPolicy": "Never",
              "command": ["/bin/busybox", "sh", "-c"],
              "args": ["{{Script}}"]
            }]
          }
        }
        """)!.AsObject();

    // The applets are installed first, so that commands have their usual names.
    private const string Script =
        "/bin/busybox mkdir -p /tmp/pages /bin /sbin /usr/bin /usr/sbin; /bin/busybox --install -s; "
        + "echo hello > /tmp/pages/page; httpd -p 8080 -h /tmp/pages; echo first; echo second; "
        + "while ! [ -e /tmp/end ]; do sleep 1; done; echo third";
}
