using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Xunit.v3;

[assembly: BoundedTest]

/// <summary>
/// Bounds every test of an assembly, since a signal that never comes would otherwise hold up the run for ever: the
/// test's token is cancelled after the project's TestMinutes, and a test that does not heed it ends the process.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
file sealed class BoundedTestAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(int.Parse(
        typeof(BoundedTestAttribute).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "TestMinutes").Value ?? "", CultureInfo.InvariantCulture));

    private static readonly ConcurrentDictionary<string, ITimer> Alarms = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var (context, isCancelled) = (TestContext.Current, false);
        Alarms[test.UniqueID] = TimeProvider.System.CreateTimer(_ =>
        {
            if (isCancelled)
                Environment.FailFast($"'{test.TestDisplayName}' does not end, not even when it is cancelled.");
            isCancelled = true;
            context.CancelCurrentTest();
        }, null, Limit, Grace);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Alarms.TryRemove(test.UniqueID, out var alarm)) alarm.Dispose();
    }
}
