using Tracebloc.Demo;

using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
await using var world = await DemoWorld.StartAsync(deadline.Token);
var timeline = new Timeline(world);
timeline.Open();
foreach (var scene in Scene.All)
    await timeline.PlayAsync(scene, deadline.Token);
return timeline.Close();
