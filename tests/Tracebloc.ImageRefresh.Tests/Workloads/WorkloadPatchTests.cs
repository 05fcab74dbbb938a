using System.Text;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Tests.Planning;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Workloads;

public sealed class WorkloadPatchTests
{
    private static string Json(WorkloadEdit edit, Workload? seen = null)
    {
        var workload = seen ?? Workload();
        var read = workload with { Metadata = workload.Metadata with { ResourceVersion = "7" } };
        return Encoding.UTF8.GetString(WorkloadPatch.Write(edit, read).Span);
    }

    [Fact]
    public void Annotations_alone_leave_the_pod_template_out()
    {
        var edit = new WorkloadEdit { Annotations = new Dictionary<string, string?> { ["a"] = "1", ["b"] = null } };

        Assert.Equal("""{"metadata":{"resourceVersion":"7","annotations":{"a":"1","b":null}}}""", Json(edit));
    }

    [Fact]
    public void A_variable_an_image_and_a_restart_are_one_patch()
    {
        var edit = new WorkloadEdit
        {
            RestartedAt = "2026-03-01T12:00:00.000Z",
            Containers =
            [
                new ContainerEdit("api", false, null, new("DIGEST", "sha256:aa")),
                new ContainerEdit("api", false, "repo@sha256:bb", null),
                new ContainerEdit("setup", true, "repo@sha256:cc", null),
            ],
        };

        const string Expected = """
            {"metadata":{"resourceVersion":"7","annotations":{}},"spec":{"template":{
            "metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-03-01T12:00:00.000Z"}},
            "spec":{"containers":[{"name":"api","image":"repo@sha256:bb",
            "env":[{"name":"DIGEST","value":"sha256:aa"}]}],
            "initContainers":[{"name":"setup","image":"repo@sha256:cc"}]}}}}
            """;
        Assert.Equal(Expected.ReplaceLineEndings(""), Json(edit));
    }

    [Fact]
    public void The_template_of_a_cron_job_is_patched_below_that_of_its_jobs()
    {
        var edit = new WorkloadEdit { Containers = [new ContainerEdit("api", false, "repo@sha256:bb", null)] };

        const string Expected = """
            {"metadata":{"resourceVersion":"7","annotations":{}},"spec":{"jobTemplate":{"spec":{"template":{
            "spec":{"containers":[{"name":"api","image":"repo@sha256:bb"}]}}}}}}
            """;
        Assert.Equal(
            Expected.ReplaceLineEndings(""),
            Json(edit, Workload() with { TemplatePath = TemplatePath.OfCronJob }));
    }

    [Fact]
    public void An_init_container_is_patched_as_one()
    {
        var workload = Workload((RefreshAnnotations.Settled("web"), A.ToString()));
        var spec = workload.Spec.Template.Spec;
        workload = workload.WithTemplate(new PodTemplate
        {
            Spec = spec with { InitContainers = [new Container { Name = "setup", Image = "x" }] },
        });
        var image = ImageSet() with { Action = new RefreshAction.SetImage("setup") };

        Assert.True(Assert.Single(PlanOf.One(image, workload, B).Edit.Containers).IsInit);
    }
}
