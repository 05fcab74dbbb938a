using System.Reflection;
using System.Xml.Linq;

namespace Tracebloc.Architecture.Tests;

public sealed class ReferenceTests
{
    private static readonly ReferenceTable Table = ReferenceTable.OfTheProduct;

    [Fact]
    public void Project_files_reference_only_what_the_table_allows() =>
        Inspection.Of(Repository.Projects, project => Table.Violations(project.Key, project.Value))
            .MustHold("project files");

    [Fact]
    public void Compiled_assemblies_use_only_what_the_table_allows() =>
        Inspection.Of(Table.Rows, row => Table.Violations(row.Name, row.Load().GetReferencedAssemblies()))
            .MustHold("assemblies");

    [Fact]
    public void Every_row_of_the_table_is_a_project() =>
        Assert.Equal(Table.Rows.Select(row => row.Name).Order(), Repository.Projects.Keys.Order());

    [Theory]
    [InlineData("Tracebloc.Registry", "ProjectReference", "../Tracebloc.Kubernetes/Tracebloc.Kubernetes.csproj")]
    [InlineData("Tracebloc.Kubernetes", "ProjectReference", "../Tracebloc.ImageRefresh/Tracebloc.ImageRefresh.csproj")]
    [InlineData("Tracebloc.Registry", "PackageReference", "YamlDotNet")]
    [InlineData("Tracebloc.Hosting", "PackageReference", "Polly.Core")]
    [InlineData("Tracebloc.Kubernetes", "FrameworkReference", "Microsoft.AspNetCore.App")]
    [InlineData("Tracebloc.Unheard", "PackageReference", "YamlDotNet")]
    public void A_project_file_with_another_edge_is_found(string project, string item, string include)
    {
        var file = new XDocument(new XElement("Project", new XElement(item, new XAttribute("Include", include))));

        Assert.Single(Table.Violations(project, file));
    }

    [Theory]
    [InlineData("Tracebloc.Registry", "Tracebloc.Kubernetes")]
    [InlineData("Tracebloc.Registry", "System.CommandLine")]
    [InlineData("Tracebloc.Kubernetes", "Serilog")]
    [InlineData("Tracebloc.Hosting", "image-refresh")]
    public void An_assembly_with_another_edge_is_found(string project, string used) =>
        Assert.Single(Table.Violations(project, [new AssemblyName("System.Net.Http"), new AssemblyName(used)]));
}
