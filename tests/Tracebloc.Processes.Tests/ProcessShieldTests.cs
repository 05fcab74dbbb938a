namespace Tracebloc.Processes.Tests;

public sealed class ProcessShieldTests
{
    [Fact]
    public void The_system_confirms_that_the_process_is_hidden() =>
        Assert.Equal(OperatingSystem.IsLinux(), ProcessShield.Raise());
}
