using Tracebloc.Configuration;
using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Tests;

public sealed class FaultTests
{
    public static TheoryData<Exception, int> Faults => new()
    {
        { new ConfigurationException("config.yaml: is empty"), 2 },
        { new DatabaseException(DatabaseFailure.Connection, "Database db:3306 did not answer"), 12 },
        { new FenceException("Leadership was taken over"), 12 },
        { new MetadataSyncException(11, "away"), 11 },
        { new InvalidOperationException("unforeseen"), 1 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_has_the_exit_code_of_its_remedy(Exception fault, int code) =>
        Assert.Equal(code, Fault.ExitCodeOf(fault));
}
