using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class PascalVocTests : IDisposable
{
    private const string Good = """
        <annotation>
          <folder>images</folder>
          <filename>a.jpg</filename>
          <source><database>streets</database><annotation>by hand</annotation></source>
          <size><width>64</width><height>48</height><depth>3</depth></size>
          <segmented>0</segmented>
          <object>
            <name>car</name>
            <pose>left</pose>
            <truncated>0</truncated>
            <difficult>1</difficult>
            <bndbox><xmin>1</xmin><ymin>2</ymin><xmax>30</xmax><ymax>40</ymax></bndbox>
          </object>
        </annotation>
        """;

    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_whole_annotation_passes()
    {
        var findings = await CheckAsync(Good);

        Assert.Equal((0, 0), (findings.Total, findings.Notes.Count));
    }

    [Theory]
    [InlineData("annotation>", "image>", ":1: begins with <image>, not <annotation>; export PASCAL VOC")]
    [InlineData("<folder>images</folder>", "", ":1: folder is missing; add it, as PASCAL VOC defines it")]
    [InlineData("a.jpg", " ", ":3: filename is empty; write its value")]
    [InlineData("<database>streets</database>", "",
        ":4: source/database is missing; add it, as PASCAL VOC defines it")]
    [InlineData("<depth>3", "<depth>0", ":5: size/depth is \"0\"; write a whole number of at least 1")]
    [InlineData("<segmented>0", "<segmented>2", ":6: segmented is \"2\"; write 0 or 1")]
    [InlineData("<truncated>0", "<truncated>no", ":10: object[1]/truncated is \"no\"; write 0 or 1")]
    [InlineData("<difficult>1", "<difficult>-1",
        ":11: object[1]/difficult is \"-1\"; write a whole number of at least 0")]
    [InlineData("<xmin>1<", "<xmin>1.5<", ":12: object[1]/bndbox/xmin is \"1.5\"; write a whole number of at least 0")]
    [InlineData("<xmin>1<", "<xmin>30<",
        ":12: object[1]/bndbox: xmin 30 is not less than xmax 30; correct the box")]
    [InlineData("<ymax>40", "<ymax>1", ":12: object[1]/bndbox: ymin 2 is not less than ymax 1; correct the box")]
    [InlineData("<name>car</name>", "", ":7: object[1]/name is missing; add it, as PASCAL VOC defines it")]
    public async Task A_wrong_element_is_named_with_its_line(string from, string to, string fault) =>
        Assert.Contains($"annotations/a.xml{fault}", _folder.Printed(await CheckAsync(Good.Replace(from, to))));

    [Theory]
    [InlineData("", "is not XML: ")]
    [InlineData("<annotation>", "is not XML: ")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM '/etc/passwd'>]><annotation>&b;</annotation>", "is not XML: ")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'bb'>]><annotation>&b;</annotation>", "is not XML: ")]
    public async Task A_document_that_is_no_plain_XML_is_refused(string text, string fault) =>
        Assert.Contains(fault, Assert.Single(_folder.Printed(await CheckAsync(text))));

    [Fact]
    public async Task Elements_without_end_are_given_up()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));

        Assert.Equal(
            ["annotations/a.xml: nests elements more than 32 deep; is this an annotation?"],
            _folder.Printed(await CheckAsync($"<annotation><folder>{deep}</folder></annotation>")));
        Assert.Equal(
            ["annotations/a.xml: is larger than 1 MiB; is this an annotation?"],
            _folder.Printed(await CheckAsync(Good + new string(' ', 1 << 20))));
    }

    [Fact]
    public async Task Small_boxes_and_great_difficulties_are_noted()
    {
        var findings = await CheckAsync(Good.Replace("<xmax>30", "<xmax>2").Replace("<ymax>40", "<ymax>5")
            .Replace("<difficult>1", "<difficult>3"));

        Assert.Equal(0, findings.Total);
        Assert.Equal(
            [
                "Files with bounding boxes of less than 10 pixels: 1; first: annotations/a.xml",
                "Files with objects of a difficulty above 1: 1; first: annotations/a.xml",
            ],
            findings.Notes);
    }

    [Fact]
    public async Task Damaged_documents_never_throw()
    {
        var random = new Random(12);
        for (var i = 0; i < 1_000; i++)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(Good);
            for (var damage = 0; damage < 3; damage++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _folder.With($"annotations/{i}.xml", bytes[..random.Next(bytes.Length + 1)]);
        }

        var findings = await SampleFolder.CheckAsync(new PascalVocValidator(_folder.Annotations));

        Assert.InRange(findings.Total, 500, 100_000);
        Assert.Equal(Findings.Kept, findings.First.Count);
    }

    private Task<Findings> CheckAsync(string text)
    {
        _folder.With("annotations/a.xml", text);
        return SampleFolder.CheckAsync(new PascalVocValidator(_folder.Annotations));
    }
}
