module io.multicloudboutique.compatibility {
    requires io.multicloudboutique.client;
}
