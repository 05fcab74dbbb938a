using System.Text;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Commands in pods of servers that speak v4, and of those that speak v5.</summary>
public sealed class PodExecTests
{
    private static readonly ExecOptions Cat = new("cat") { Container = "main", HasInput = true };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20, "v4.channel.k8s.io", false)]
    [InlineData(29, "v4.channel.k8s.io", false)]
    [InlineData(30, "v5.channel.k8s.io", true)]
    [InlineData(34, "v5.channel.k8s.io", true)]
    public async Task The_newest_protocol_that_the_server_speaks_is_used(int minor, string protocol, bool canClose)
    {
        await using var fixture = await StreamFixture.StartAsync(minor, Cancelled);
        fixture.Api.OnExec(_ => new FakeExecResult(0));
        await using var exec = await fixture.Pods.ExecAsync("web", new ExecOptions("true"), Cancelled);

        Assert.Equal((protocol, canClose), (exec.Protocol, exec.CanCloseInput));
        Assert.Equal(new ExecStatus(ExecOutcome.Exited, 0, ""), await exec.WaitAsync(Cancelled));
    }

    [Fact]
    public async Task The_command_arrives_word_for_word()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        FakeExec? asked = null;
        fixture.Api.OnExec(exec => (asked = exec, new FakeExecResult(0)).Item2);
        await using var exec = await fixture.Pods.ExecAsync(
            "web", new ExecOptions("sh", "-c", "a & b = 'ü' #1+%", "") { Container = "main" }, Cancelled);
        await exec.WaitAsync(Cancelled);

        Assert.Equal(["sh", "-c", "a & b = 'ü' #1+%", ""], asked!.Command);
        Assert.Equal(("web", "main"), (asked.Pod, asked.Container));
    }

    [Fact]
    public async Task Input_goes_in_messages_that_proxies_take_and_comes_back_whole()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        var longest = 0;
        fixture.Api.OnExec(async (session, token) =>
        {
            await session.Input.CopyToAsync(session.Output, token);
            longest = session.LongestMessage;
            return 0;
        });
        var sent = new byte[3_000_000];
        new Random(1).NextBytes(sent);
        await using var exec = await fixture.Pods.ExecAsync("web", Cat, Cancelled);
        var reading = ReadAsync(exec);
        await exec.WriteAsync(sent, Cancelled);
        await exec.CloseInputAsync(Cancelled);

        Assert.Equal(sent, await reading);
        Assert.True((await exec.WaitAsync(Cancelled)).IsSuccess);
        Assert.Equal(256 * 1024, longest);
    }

    [Fact]
    public async Task A_command_that_is_not_read_waits_and_loses_nothing()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        const int most = 64 * 1024 * 1024;
        var written = 0;
        var full = new TaskCompletionSource();
        fixture.Api.OnExec(async (session, token) =>
        {
            var part = new byte[64 * 1024];
            for (; written < most; written += part.Length)
            {
                var write = session.Output.WriteAsync(part, token).AsTask();
                try
                {
                    await write.WaitAsync(TimeSpan.FromMilliseconds(500), token);
                }
                catch (TimeoutException)
                {
                    full.TrySetResult();
                    await write;
                }
            }

            return 0;
        });
        await using var exec = await fixture.Pods.ExecAsync("web", Cat, Cancelled);
        await full.Task.WaitAsync(Cancelled);
        Assert.InRange(written, 256 * 1024, most / 2);

        Assert.Equal(most, (await ReadAsync(exec)).Length);
        Assert.True((await exec.WaitAsync(Cancelled)).IsSuccess);
    }

    [Fact]
    public async Task Input_cannot_be_ended_in_v4()
    {
        await using var fixture = await StreamFixture.StartAsync(20, Cancelled);
        fixture.Api.OnExec((_, token) => Task.FromResult<int?>(0));
        await using var exec = await fixture.Pods.ExecAsync("web", Cat, Cancelled);

        var error = await Assert.ThrowsAsync<NotSupportedException>(
            async () => await exec.CloseInputAsync(Cancelled));
        Assert.Equal("v4.channel.k8s.io cannot end standard input; mark the end in the data", error.Message);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_no_result_and_the_output_says_so_after_its_last_byte()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        var read = new TaskCompletionSource();
        fixture.Api.OnExec(async (session, token) =>
        {
            await session.Output.WriteAsync("part"u8.ToArray(), token);
            await read.Task.WaitAsync(token);
            session.Cut();
            await session.Input.ReadExactlyAsync(new byte[1], token);
            return 0;
        });
        await using var exec = await fixture.Pods.ExecAsync("web", Cat, Cancelled);
        var part = new byte[4];
        await exec.Output.ReadExactlyAsync(part, Cancelled);
        read.SetResult();

        var error = await Assert.ThrowsAsync<IOException>(() => exec.Output.CopyToAsync(Stream.Null, Cancelled));
        var status = await exec.WaitAsync(Cancelled);
        Assert.Equal("part", Encoding.UTF8.GetString(part));
        Assert.Equal((ExecOutcome.Lost, null, false), (status.Outcome, status.ExitCode, status.IsSuccess));
        Assert.True(Assert.IsType<KubernetesException>(error.InnerException).IsTransient);
        Assert.StartsWith("GET pods/exec of web in tracebloc: the connection broke", status.Message);
    }

    [Fact]
    public async Task A_connection_that_closes_without_a_result_is_no_success()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        fixture.Api.OnExec((_, _) => Task.FromResult<int?>(null));
        await using var exec = await fixture.Pods.ExecAsync("web", new ExecOptions("true"), Cancelled);

        Assert.Equal(
            new ExecStatus(ExecOutcome.Lost, null, "the connection was closed before the result"),
            await exec.WaitAsync(Cancelled));
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(exec));
    }

    [Fact]
    public async Task The_last_errors_are_kept()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        var errors = new string('x', 100_000) + "the end";
        fixture.Api.OnExec(_ => new FakeExecResult(7, "", errors));
        await using var exec = await fixture.Pods.ExecAsync("web", new ExecOptions("false"), Cancelled);

        Assert.Equal(7, (await exec.WaitAsync(Cancelled)).ExitCode);
        Assert.Equal(errors[^PodExec.KeptErrors..], exec.Errors);
    }

    [Fact]
    public async Task Input_for_a_command_that_has_ended_is_an_error_that_says_how_it_ended()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        fixture.Api.OnExec((_, _) => Task.FromResult<int?>(7));
        await using var exec = await fixture.Pods.ExecAsync("web", Cat, Cancelled);
        await exec.WaitAsync(Cancelled);

        var error = await Assert.ThrowsAsync<KubernetesException>(
            async () => await exec.WriteAsync("more"u8.ToArray(), Cancelled));
        Assert.Equal(
            "GET pods/exec of web in tracebloc: the command has ended and reads no more: exit code 7", error.Message);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task Leaving_ends_the_command()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        var left = new TaskCompletionSource();
        fixture.Api.OnExec(async (_, token) =>
        {
            await using var registration = token.Register(left.SetResult);
            await left.Task;
            return 0;
        });
        await using (await fixture.Pods.ExecAsync("web", Cat, Cancelled))
        {
        }

        await left.Task.WaitAsync(Cancelled);
    }

    [Fact]
    public async Task Waiting_can_be_given_up_and_the_command_goes_on()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        fixture.Api.OnExec(async (session, token) =>
        {
            await session.Input.ReadExactlyAsync(new byte[1], token);
            return 3;
        });
        await using var exec = await fixture.Pods.ExecAsync("web", Cat, Cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => exec.WaitAsync(new CancellationToken(canceled: true)));
        await exec.WriteAsync("x"u8.ToArray(), Cancelled);

        Assert.Equal(3, (await exec.WaitAsync(Cancelled)).ExitCode);
    }

    [Fact]
    public async Task Streams_leave_the_connections_of_requests_alone()
    {
        await using var fixture = await StreamFixture.StartAsync(34, Cancelled);
        fixture.Api.OnExec(async (session, token) =>
        {
            await session.Input.CopyToAsync(Stream.Null, token);
            return 0;
        });
        using var client = new KubernetesClient(
            new() { Server = fixture.Api.Address, Token = fixture.Api.Token }, TimeProvider.System,
            new() { MaxConnections = 1 });
        var pods = new PodApi(client, "tracebloc");
        await using var first = await pods.ExecAsync("web", Cat, Cancelled);
        await using var second = await pods.ExecAsync("web", Cat, Cancelled);
        await client.VersionAsync(Cancelled);
        await first.CloseInputAsync(Cancelled);
        await second.CloseInputAsync(Cancelled);

        Assert.True((await first.WaitAsync(Cancelled)).IsSuccess);
        Assert.True((await second.WaitAsync(Cancelled)).IsSuccess);
    }

    private static async Task<byte[]> ReadAsync(PodExec exec)
    {
        using var all = new MemoryStream();
        await exec.Output.CopyToAsync(all, Cancelled);
        return all.ToArray();
    }
}
