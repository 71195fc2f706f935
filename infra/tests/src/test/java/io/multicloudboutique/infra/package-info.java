/** Tests that run the infrastructure: the images, the topology and the Terraform configurations. */
@NullMarked
package io.multicloudboutique.infra;

import org.jspecify.annotations.NullMarked;
