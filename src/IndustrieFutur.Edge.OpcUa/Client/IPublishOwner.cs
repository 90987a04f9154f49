using IndustrieFutur.Edge.OpcUa.SecureChannel;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Takes the answers to Publish requests.</summary>
internal interface IPublishOwner
{
    void OnPublishAnswer(PublishSlot slot, in ReceivedMessage message);
}
