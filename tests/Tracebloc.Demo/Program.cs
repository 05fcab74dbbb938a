using Tracebloc.Demo;
using Tracebloc.Demo.Ingestion;

// Both demos one after another, or the one that is named by its program.
using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4), TimeProvider.System);
var stage = new Stage();
var failed = 0;
if (args is [] or ["image-refresh"])
{
    await using var world = await DemoWorld.StartAsync(deadline.Token);
    failed += await new Timeline(world, stage).PlayAsync(deadline.Token);
}

if (args is []) stage.Break();
if (args is [] or ["ingestor"])
{
    await using var world = await IngestWorld.StartAsync(deadline.Token);
    failed += await new IngestTimeline(world, stage).PlayAsync(deadline.Token);
}

return failed == 0 ? 0 : 1;
