using Tracebloc.Charts.Tests.Harness;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.Charts.Tests.Agreement;

/// <summary>The name under which image refresh writes, which other tools are to be told.</summary>
public sealed class FieldManagerTests
{
    [Fact]
    public void Argo_CD_is_told_the_name_of_the_field_manager() =>
        Assert.Contains($"managedFieldsManagers: [{FieldOwner.Self}]", Chart.Client.Read("README.md"));
}
