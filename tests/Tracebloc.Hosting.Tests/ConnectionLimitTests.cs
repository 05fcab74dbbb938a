using System.Net.Sockets;
using Tracebloc.Testing;

namespace Tracebloc.Hosting.Tests;

public sealed class ConnectionLimitTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_connection_that_the_system_refuses_is_a_pause_and_no_spin()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var asked = 0;
        var limit = new ConnectionLimit(Refuse, (_, _) => Task.CompletedTask, _time);

        var running = limit.RunAsync(stop.Token);
        for (var pause = 1; pause <= 3; pause++)
        {
            await _time.WaitForTimerAsync(due => due == ConnectionLimit.Pause, stop.Token);
            Assert.Equal(pause, asked);
            _time.Advance(ConnectionLimit.Pause);
        }
        await stop.CancelAsync();
        await running;

        ValueTask<Socket> Refuse(CancellationToken token)
        {
            asked++;
            throw new SocketException((int)SocketError.TooManyOpenSockets);
        }
    }
}
