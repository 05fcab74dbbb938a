using System.Text.Json;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Tests.Planning;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Workloads;

public sealed class FieldOwnerTests
{
    private static Workload Managed(params (string Manager, string Time, string Fields)[] managers)
    {
        var entries = managers.Select(m =>
            $$"""{"manager":"{{m.Manager}}","time":"{{m.Time}}","fieldsV1":{{m.Fields}}}""");
        var workload = Workload((RefreshAnnotations.Settled("ingestor"), A.ToString()));
        return workload with
        {
            Metadata = workload.Metadata with { ManagedFields = JsonElement.Parse($"[{string.Join(',', entries)}]") },
        };
    }

    private static string Fields(string inContainer) => """
        {"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"api\"}":CONTAINER}}}}}
        """.Replace("CONTAINER", inContainer);

    private static readonly string Variable = Fields(
        """{"f:env":{"k:{\"name\":\"INGESTOR_IMAGE_DIGEST\"}":{"f:value":{}}}}""");

    [Fact]
    public void A_repair_names_the_manager_of_the_value_and_when_it_wrote()
    {
        var workload = Managed(
            ("kubectl-edit", "2026-02-01T00:00:00Z", Fields("""{"f:image":{}}""")),
            ("helm", "2026-01-01T00:00:00Z", Variable)).WithEnv(B.ToString());

        var plan = PlanOf.One(EnvSet(), workload, A);

        Assert.Contains("by helm at 2026-01-01T00:00:00Z", plan.Images[0].Message);
    }

    [Fact]
    public void A_removed_value_is_laid_to_the_last_other_manager_of_the_template()
    {
        var workload = Managed(
            (FieldOwner.Self, "2026-03-01T00:00:00Z", Fields("""{"f:image":{}}""")),
            ("kubectl-edit", "2026-02-01T00:00:00Z", Fields("""{"f:image":{}}""")),
            ("status", "2026-02-02T00:00:00Z", """{"f:status":{}}"""));

        Assert.Equal(
            "kubectl-edit at 2026-02-01T00:00:00Z",
            FieldOwner.LastWriter(workload, new TemplateField.Variable("api", "INGESTOR_IMAGE_DIGEST")));
    }

    [Fact]
    public void Without_managed_fields_it_was_somebody() =>
        Assert.Equal("an unknown manager", FieldOwner.LastWriter(Workload(), new TemplateField.Image("api")));
}
