using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.ImageRefresh.Tests.Applying;

internal static class TickCut
{
    /// <summary>
    /// A tick that is cut off at its call of this number: after the server has carried it out, or before it sees it.
    /// </summary>
    /// <returns>False when the tick was over before that call.</returns>
    public static async Task<bool> TickCutAsync(this TickFixture fixture, int number, bool after)
    {
        // Not disposed: a call that was under way when the tick ended may still reach its fault.
        var kill = new CancellationTokenSource();
        var first = fixture.Api.Calls.Count;
        var isOver = false;
        fixture.Api.Fail(
            call => !isOver && call.Number == first + number && call.Verb != "watch",
            after ? FakeFault.Then(_ => kill.CancelAsync()) : FakeFault.First(_ => GoAsync(kill)));
        // A watch changes nothing on the server: before or after is one.
        fixture.Api.Fail(
            call => !isOver && call.Number == first + number && call.Verb == "watch",
            FakeFault.First(_ => GoAsync(kill)));
        var tick = fixture.TickAsync(token: kill.Token);
        try
        {
            await fixture.PassWaitsUntilAsync(tick);
            await tick;
        }
        catch (OperationCanceledException) when (kill.IsCancellationRequested)
        {
            return true;
        }
        finally
        {
            isOver = true;
        }
        // One that the tick itself broke off meanwhile, since it knew enough, ends nothing.
        return fixture.Api.Calls.Count >= first + number;
    }

    private static async Task GoAsync(CancellationTokenSource kill)
    {
        await kill.CancelAsync();
        throw new OperationCanceledException("the connection breaks before the server looked at the request");
    }
}
