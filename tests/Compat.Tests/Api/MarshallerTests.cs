using System.Buffers;
using System.Text;
using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Marshallers made from either kind of function, used in either way.</summary>
public sealed class MarshallerTests
{
    [Fact]
    public void StringMarshaller_Text_ComesBack()
    {
        var marshaller = Marshallers.StringMarshaller;

        Assert.Equal("grün", marshaller.Deserializer(marshaller.Serializer("grün")));
    }

    [Fact]
    public void Contextual_FromArrayFunctions_Works()
    {
        var marshaller = Marshallers.Create(Encoding.UTF8.GetBytes, bytes => Encoding.UTF8.GetString(bytes));
        var context = new RecordingContext();

        marshaller.ContextualSerializer("text", context);

        Assert.Equal("text"u8.ToArray(), context.Payload);
        Assert.Equal("text", marshaller.ContextualDeserializer(new ArrayOnlyContext("text"u8.ToArray())));
    }

    [Fact]
    public void Arrays_FromContextualFunctions_Work()
    {
        var marshaller = Marshallers.Create<string>(WriteToBuffer, context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()));

        Assert.Equal("text"u8.ToArray(), marshaller.Serializer("text"));
        Assert.Equal("text", marshaller.Deserializer("text"u8.ToArray()));
    }

    [Fact]
    public void Serializer_CompletesWithAnArray_GivesThatArray()
    {
        var marshaller = Marshallers.Create<string>(
            (text, context) => context.Complete(Encoding.UTF8.GetBytes(text)), context => Encoding.UTF8.GetString(context.PayloadAsNewBuffer()));

        Assert.Equal("text"u8.ToArray(), marshaller.Serializer("text"));
        Assert.Equal("text", marshaller.Deserializer("text"u8.ToArray()));
    }

    [Fact]
    public void Serializer_EmptyMessage_IsAnEmptyArray() =>
        Assert.Empty(Marshallers.Create<string>((_, context) => context.Complete(), _ => "").Serializer(""));

    [Fact]
    public void Serializer_DoesNotComplete_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Marshallers.Create<string>((_, _) => { }, _ => "").Serializer("text"));

    [Fact]
    public void Serializer_CompletesTwice_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => Marshallers.Create<string>((_, context) => Repeat(context.Complete), _ => "").Serializer("text"));
        Assert.Throws<InvalidOperationException>(() => Marshallers.Create<string>(WriteAfterTheEnd, _ => "").Serializer("text"));
    }

    [Fact]
    public void Deserializer_Length_IsTheArrays() =>
        Assert.Equal(3, Marshallers.Create<object>((_, _) => { }, context => context.PayloadLength).Deserializer([1, 2, 3]));

    [Fact]
    public void Constructor_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => new Marshaller<string>((Func<string, byte[]>)null!, _ => ""));
        Assert.Throws<ArgumentNullException>(() => new Marshaller<string>((Action<string, SerializationContext>)null!, _ => ""));
        Assert.Throws<ArgumentNullException>(() => new Marshaller<string>(_ => [], null!));
        Assert.Throws<ArgumentNullException>(() => new Marshaller<string>((_, _) => { }, null!));
    }

    [Fact]
    public void SerializationContext_NothingOverridden_RefusesEveryWay()
    {
        var context = new BareSerializationContext();

        context.SetPayloadLength(1);
        Assert.Throws<NotSupportedException>(() => context.Complete([]));
        Assert.Throws<NotSupportedException>(context.Complete);
        Assert.Throws<NotSupportedException>(context.GetBufferWriter);
    }

    [Fact]
    public void DeserializationContext_OnlyTheArray_GivesASequenceToo()
    {
        Assert.Equal([1, 2], new ArrayOnlyContext([1, 2]).PayloadAsReadOnlySequence().ToArray());
        Assert.Throws<NotSupportedException>(() => new BareDeserializationContext().PayloadAsNewBuffer());
    }

    [Fact]
    public void Method_Names_MakeThePath()
    {
        var method = new Method<string, string>(
            MethodType.DuplexStreaming, "pkg.Service", "Do", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        Assert.Equal("/pkg.Service/Do", method.FullName);
        Assert.Equal("pkg.Service", method.ServiceName);
        Assert.Equal("Do", method.Name);
        Assert.Equal(MethodType.DuplexStreaming, method.Type);
    }

    private static void WriteToBuffer(string text, SerializationContext context)
    {
        context.SetPayloadLength(text.Length);
        context.GetBufferWriter().Write(Encoding.UTF8.GetBytes(text));
        context.Complete();
    }

    private static void WriteAfterTheEnd(string text, SerializationContext context)
    {
        context.Complete();
        context.GetBufferWriter();
    }

    private static void Repeat(Action action)
    {
        action();
        action();
    }
}
