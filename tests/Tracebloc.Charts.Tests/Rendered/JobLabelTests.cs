using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class JobLabelTests
{
    /// <summary>A CronJob loses Jobs whose labels an upgrade changes (kubernetes/kubernetes#106496).</summary>
    [Theory]
    [InlineData("acme-image-refresh")]
    [InlineData("acme-auto-upgrade")]
    public async Task No_label_of_a_job_changes_with_the_version(string cronJob)
    {
        var labels = (await Chart.Client.RenderAsync()).Find("CronJob", cronJob).At("spec.jobTemplate.metadata.labels");

        Assert.Contains(labels.Map, label => label.Key == "app.kubernetes.io/component");
        Assert.DoesNotContain(labels.Map, label => label.Value.Contains(Chart.Client.Version));
    }
}
