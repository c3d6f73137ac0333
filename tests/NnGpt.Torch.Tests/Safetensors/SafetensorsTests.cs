using System.Buffers.Binary;
using System.Text;
using NnGpt.Torch.Safetensors;

namespace NnGpt.Torch.Tests.Safetensors;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-").FullName;

    private string PathOf(string name) => Path.Combine(_directory, name);

    [Fact]
    public void Read_OfWrittenTensors_GivesTheSame()
    {
        using var scope = new TensorScope();
        Dictionary<string, Tensor> tensors = new()
        {
            ["floats"] = Tensor.Randn([2, 3]),
            ["halves"] = Tensor.Randn([4]).To(Dtype.BFloat16),
            ["sixteen"] = Tensor.Randn([4]).To(Dtype.Float16),
            ["longs"] = Tensor.FromArray([1L, -2L]),
            ["ints"] = Tensor.FromArray([1, 2, 3]),
            ["bytes"] = Tensor.FromArray<byte>([1, 255]),
            ["flags"] = Tensor.FromArray([true, false]),
            ["scalar"] = Tensor.Scalar(2.5),
            ["empty"] = Tensor.Zeros([0, 4]),
            ["turned"] = Tensor.Randn([3, 5]).Transpose(0, 1),
        };
        SafetensorsWriter.Write(PathOf("model.safetensors"), tensors);
        using (SafetensorsFile file = SafetensorsFile.Open(PathOf("model.safetensors")))
        {
            Assert.Equal("pt", file.Metadata["format"]);
            Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), file.Entries.Keys.Order(StringComparer.Ordinal));
            foreach ((string name, Tensor tensor) in tensors)
            {
                Tensor read = file.Read(name);
                Assert.Equal(tensor.Dtype, read.Dtype);
                Assert.True(tensor.ValueEquals(read), name);
            }
        }
        Assert.Equal([PathOf("model.safetensors")], Directory.GetFiles(_directory));
    }

    [Fact]
    public void MapAll_OfShards_FindsEveryTensor()
    {
        using var scope = new TensorScope();
        SafetensorsWriter.Write(PathOf("a.safetensors"), new Dictionary<string, Tensor> { ["one"] = Tensor.Ones([1]) });
        SafetensorsWriter.Write(PathOf("b.safetensors"), new Dictionary<string, Tensor> { ["two"] = Tensor.Ones([2]) });
        File.WriteAllText(PathOf("model.safetensors.index.json"), """{"metadata":{},"weight_map":{"one":"a.safetensors","two":"b.safetensors"}}""");
        Dictionary<string, Tensor> tensors = SafetensorsFile.MapAll(_directory);
        Assert.Equal(["one", "two"], tensors.Keys.Order());
        Assert.Equal([1f, 1f], tensors["two"].ToArray<float>());
        // A mapped tensor can be written to; its file stays as it is.
        tensors["two"].FillInPlace(7);
        using (SafetensorsFile file = SafetensorsFile.Open(PathOf("b.safetensors")))
        {
            Assert.Equal([1f, 1f], file.Read("two").ToArray<float>());
        }
        foreach (Tensor tensor in tensors.Values)
        {
            tensor.Dispose();
        }
    }

    [Theory]
    [InlineData("""{"weight_map":{"one":"a.safetensors"}}""", "lacks the shard 'a.safetensors'")]
    [InlineData("""{"weight_map":{"one":"../a.safetensors"}}""", "outside the folder")]
    [InlineData("""{"weight_map":{"one":null}}""", "outside the folder")]
    [InlineData("""{"weight_map":[]}""", "damaged index")]
    [InlineData("""{"weights":{}}""", "damaged index")]
    [InlineData("{", "damaged index")]
    public void MapAll_OfADamagedIndex_SaysWhatIsWrong(string index, string fault)
    {
        File.WriteAllText(PathOf("model.safetensors.index.json"), index);
        Exception exception = Assert.ThrowsAny<Exception>(() => SafetensorsFile.MapAll(_directory));
        Assert.True(exception is InvalidDataException or FileNotFoundException, exception.GetType().Name);
        Assert.Contains(fault, exception.Message);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'b' overlaps another tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "a hole of 4 bytes before 'b'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "1 bytes after the last tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "damaged safetensors header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}}""", 8, "damaged safetensors header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "damaged safetensors header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "two tensors named 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "outside the file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 8, "does not fit its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,4],"data_offsets":[0,8]}}""", 8, "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "outside the file")]
    [InlineData("""{"a":{"dtype":"X7","shape":[2],"data_offsets":[0,8]}}""", 8, "unknown dtype")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "damaged safetensors header")]
    [InlineData("""{"a":""", 8, "damaged safetensors header")]
    [InlineData("[1,2]", 8, "damaged safetensors header")]
    public void Open_OfAHeader_RefusesWhatIsDamaged(string header, int dataBytes, string? fault)
    {
        byte[] bytes = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        Encoding.ASCII.GetBytes(header, bytes.AsSpan(8));
        File.WriteAllBytes(PathOf("x.safetensors"), bytes);
        if (fault is null)
        {
            using SafetensorsFile file = SafetensorsFile.Open(PathOf("x.safetensors"));
            Assert.Single(file.Entries);
        }
        else
        {
            InvalidDataException exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(PathOf("x.safetensors")));
            Assert.Contains(fault, exception.Message);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Open_OfAFileCutShort_IsRefused(int length)
    {
        File.WriteAllBytes(PathOf("x.safetensors"), [.. Enumerable.Repeat((byte)255, length)]);
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(PathOf("x.safetensors")));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
